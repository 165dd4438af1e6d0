"""A liking is a sum of broken lines over named numbers, told in parts, and refuses what is none."""

import pytest
from pydantic import ValidationError

from generation.liking import Curve, Liking


def test_a_curve_is_a_broken_line_that_stays_level_beyond_its_ends() -> None:
    curve = Curve(knots=(0.0, 1.0, 3.0), values=(-1.0, 1.0, 0.0))
    assert [curve(x) for x in (-5, 0, 0.5, 1, 2, 3, 9)] == [-1, -1, 0, 1, 0.5, 0, 0]


def test_a_liking_sums_its_curves_and_tells_the_heaviest() -> None:
    step = (0.0, 1.0)
    liking = Liking(
        curves={
            "a": Curve(knots=step, values=(-1, 2)),
            "b": Curve(knots=step, values=(0, 0.5)),
            "c": Curve(knots=step, values=(0, 3)),
        }
    )
    assert liking({"a": 1, "b": 1}) == 2.5
    assert liking({}) == -1
    assert liking.parts({"a": 1, "b": 1}, most=2) == [("a", 2.0), ("b", 0.5)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"knots": (0, 1), "values": (1,)},
        {"knots": (1, 0), "values": (0, 0)},
        {"knots": (0, 0), "values": (0, 0)},
        {"knots": (0, 1), "values": (0, float("nan"))},
        {"knots": (0,), "values": (0,)},
    ],
)
def test_what_is_no_curve_is_refused(wrong: dict[str, tuple[float, ...]]) -> None:
    with pytest.raises(ValidationError):
        Curve(**wrong)
