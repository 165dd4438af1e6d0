"""What a reviewer's act can be refused for, in words they can act on."""

from brand_styles.words import Words


class ReviewRefused(Exception):
    """`field` names what is to blame ("scores.hue", "defects.0.region"); empty for the whole."""

    def __init__(self, en: str, zh: str, *, field: str = "") -> None:
        super().__init__(en)
        self.words = Words(en=en, zh=zh)
        self.field = field


class NotYourSeat(ReviewRefused):
    """The lease ran out and somebody else has the picture, or it was never theirs."""

    def __init__(self) -> None:
        super().__init__(
            "This picture isn't yours to judge any more: its time ran out, or it was withdrawn. Take the next one.",
            "这张图已不归你评审：占用时间已到或图片已撤下，请评下一张。",
        )
