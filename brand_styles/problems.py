"""What is in the way of publishing a style."""

from dataclasses import dataclass

from brand_styles.words import Words


@dataclass(frozen=True)
class Problem:
    """`field`: where, as BrandStyle names it ("palette.2.hex"), "" for the whole."""

    field: str
    words: Words


class NotReady(ValueError):
    """A draft that can't be published yet, with everything that is in its way."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.field}: {problem.words.en}" for problem in problems))
        self.problems = problems
