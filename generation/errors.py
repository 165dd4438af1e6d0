"""What can go wrong on the way from a brief to assets, said in words a person can act on."""

from brand_styles.words import Words


class GenerationError(Exception):
    """Base of every error a person may see. `words` is the sentence shown; `field` names the brief's field, if one is to blame."""

    def __init__(self, en: str, zh: str, *, field: str | None = None) -> None:
        super().__init__(en)
        self.words = Words(en=en, zh=zh)
        self.field = field


class TransientError(GenerationError):
    """May succeed when tried again (a broker gone, memory short): retried with backoff."""


class PermanentError(GenerationError):
    """Will fail again for the same input: shown to the person as it is."""


class Cancelled(GenerationError):
    """A person cancelled the work."""

    def __init__(self) -> None:
        super().__init__("Cancelled.", "已取消。")


class BriefProblem(PermanentError):
    """A fault in a brief. `line` is 1-based in its YAML file (None where there is no file); `expected` says what would be right."""

    def __init__(self, en: str, zh: str, *, field: str, line: int | None = None, expected: str = "") -> None:
        super().__init__(en, zh, field=field)
        self.line = line
        self.expected = expected


class BriefProblems(PermanentError):
    """All faults found in one brief, in the order of its lines."""

    def __init__(self, problems: list[BriefProblem]) -> None:
        super().__init__(
            "\n".join(p.words.en for p in problems), "\n".join(p.words.zh for p in problems), field=problems[0].field
        )
        self.problems = problems


class CopyDoesNotFit(PermanentError):
    """A line that cannot be set in a format at its minimum size. Told before any picture is made.

    `role` is the line's role, `format` e.g. "728x90", `excess_px` how many pixels too wide it is at `minimum_px` type size.
    """

    def __init__(self, en: str, zh: str, *, role: str, format: str, excess_px: float, minimum_px: float) -> None:
        super().__init__(en, zh, field=f"copy.{role}")
        self.role = role
        self.format = format
        self.excess_px = excess_px
        self.minimum_px = minimum_px
