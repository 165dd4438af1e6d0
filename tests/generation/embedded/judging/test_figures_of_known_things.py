"""Every figure on pictures and sets whose answer is known from elsewhere."""

import numpy as np
import pytest
from coloraide import Color

from generation.embedded.judging import colours, distances, structure
from generation.embedded.judging.statistics import median_of, overlap, rank_of, ratio_of, resampled, wilson
from generation.layout.geometry import Rect
from generation.types import ScenePalette

PALETTE = ScenePalette(
    ground="#D7263D", ground_deep="#8E0B22", subject="#FFF1DC", second="#F3B95F", accent="#2F56C8", metal="#E8B04A",
    text="#FFF6E6", text_soft="#FFF6E6", on_accent="#2A1206", scheme="vivid",
)  # fmt: skip


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"), [(5, 10, 0.2366, 0.7634), (0, 10, 0.0, 0.2775), (60, 100, 0.5020, 0.6906)]
)
def test_wilson_interval_of_textbook_shares(hits: int, count: int, low: float, high: float) -> None:
    figure = wilson(hits, count)
    assert (figure.low, figure.high) == pytest.approx((low, high), abs=1e-4)
    assert figure.value == hits / count


def test_no_items_give_no_share() -> None:
    assert np.isnan(wilson(0, 0).value)


def test_bootstrap_interval_of_a_median_narrows_with_more_values() -> None:
    rng = np.random.default_rng(0)
    few, many = (resampled(rng.normal(3, 1, n), median_of) for n in (20, 2000))
    assert many.low is not None and many.high is not None and few.low is not None and few.high is not None
    assert many.low < 3 < many.high
    assert many.high - many.low < 0.3 * (few.high - few.low)


def test_ratio_is_of_the_means() -> None:
    assert ratio_of(np.array([[1.0, 10.0], [3.0, 2.0]])) == pytest.approx(4 / 12)


def test_overlap_of_known_boxes() -> None:
    assert overlap(Rect(0, 0, 10, 10), Rect(5, 0, 15, 10)) == pytest.approx(50 / 150)
    assert overlap(Rect(0, 0, 1, 1), Rect(2, 2, 3, 3)) == 0
    assert overlap(None, Rect(0, 0, 1, 1)) == 0


def test_rank_counts_those_before() -> None:
    assert rank_of(np.array([0.1, 0.5, 0.4], np.float32), 2) == 1


# Sharma, Wu and Dalal 2005, table 1.
@pytest.mark.parametrize(
    ("a", "b", "wanted"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (50, 0, -2.5), 4.3065),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_ciede2000_of_the_published_pairs(a: tuple[float, ...], b: tuple[float, ...], wanted: float) -> None:
    assert float(colours.ciede2000(np.array(a), np.array(b))) == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("colour", ["#D7263D", "#0B2170", "#FFFFFF", "#808080", "#03050A"])
def test_lab_agrees_with_another_library(colour: str) -> None:
    assert colours.lab_of(colour) == pytest.approx(Color(colour).convert("lab-d65").coords(), abs=0.05)


def test_a_picture_in_the_palette_is_near_and_one_in_another_is_far() -> None:
    picture = painted(PALETTE.ground, PALETTE.subject, PALETTE.second)
    assert colours.palette_distances(picture, PALETTE).max() < 0.5
    assert colours.palette_distances(painted(PALETTE.ground, PALETTE.subject, PALETTE.accent), PALETTE).max() < 0.5
    away = colours.palette_distances(painted("#0F7A5A", "#241A55", "#7FD1A8"), PALETTE)
    assert np.median(away) > 20


def test_one_colour_cannot_stand_for_two() -> None:
    twins = PALETTE.model_copy(update={"subject": PALETTE.ground})
    away = colours.palette_distances(painted(PALETTE.ground, PALETTE.second, "#0F7A5A"), twins)
    assert away[0] < 0.5 < 10 < away[1]


def painted(ground: str, subject: str, third: str) -> np.ndarray:
    """Seven tenths, two tenths and one tenth of three colours."""
    picture = np.zeros((100, 100, 3), np.uint8)
    for rows, colour in ((slice(0, 70), ground), (slice(70, 90), subject), (slice(90, 100), third)):
        picture[rows] = np.frombuffer(bytes.fromhex(colour[1:]), np.uint8)
    return picture


def noisy(seed: int, shape: tuple[int, int] = (200, 240)) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (*shape, 3)).astype(np.uint8)


def test_ms_ssim_of_a_picture_with_itself_is_one() -> None:
    assert structure.ms_ssim(noisy(0), noisy(0)) == pytest.approx(1.0, abs=1e-9)


def test_ms_ssim_of_two_flat_greys_is_the_luminance_term_of_the_coarsest_scale() -> None:
    a, b = (np.full((192, 192, 3), v, np.uint8) for v in (51, 204))
    x, y = 0.2, 0.8
    wanted = ((2 * x * y + 0.0001) / (x * x + y * y + 0.0001)) ** 0.1333
    assert structure.ms_ssim(a, b) == pytest.approx(wanted, abs=1e-6)


def test_ms_ssim_falls_with_noise_and_counts_only_where_asked() -> None:
    smooth = np.repeat(np.linspace(0, 255, 384).astype(np.uint8)[None, :, None].repeat(200, 0), 3, axis=2)
    spoilt = smooth.copy()
    spoilt[:, :150] = noisy(3, (200, 150))
    right = np.zeros((200, 384), dtype=np.bool_)
    right[:, 300:] = True
    assert structure.ms_ssim(smooth, spoilt, right) > 0.999
    assert structure.ms_ssim(smooth, spoilt, ~right) < 0.6


def test_ms_ssim_refuses_what_is_too_small_and_masks_that_are_empty() -> None:
    with pytest.raises(ValueError, match="176 px"):
        structure.ms_ssim(noisy(0, (100, 300)), noisy(0, (100, 300)))
    with pytest.raises(ValueError, match="no pixel"):
        structure.ms_ssim(noisy(0), noisy(0), np.zeros((200, 240), dtype=np.bool_))


def test_gradient_energy_of_a_ramp_is_its_slope_squared() -> None:
    ramp = np.repeat((np.arange(100, dtype=np.uint8) * 2)[None, :, None].repeat(50, 0), 3, axis=2)
    assert structure.gradient_energy(ramp, [Rect(10, 10, 40, 40)]) == pytest.approx((2 / 255) ** 2)
    ramp[:, 60:] = 0
    assert structure.gradient_energy(ramp, [Rect(70, 10, 90, 40)]) == 0
    assert structure.gradient_energy(ramp, []) == 0


def test_mmd_is_the_published_sum() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.normal(size=(5, 3)), rng.normal(size=(4, 3))

    def k(x: np.ndarray, y: np.ndarray) -> float:
        return float((x @ y / 3 + 1) ** 3)

    wanted = sum(k(x, y) for i, x in enumerate(a) for j, y in enumerate(a) if i != j) / 20
    wanted += sum(k(x, y) for i, x in enumerate(b) for j, y in enumerate(b) if i != j) / 12
    wanted -= 2 * sum(k(x, y) for x in a for y in b) / 20
    assert distances.mmd(a, b) == pytest.approx(wanted)


def test_kid_of_like_sets_is_nothing_and_grows_with_the_difference() -> None:
    rng = np.random.default_rng(2)
    a, like, near, far = (rng.normal(shift, 1, (300, 8)) for shift in (0, 0, 0.3, 1.0))
    none, some, much = (distances.kid(a, other) for other in (like, near, far))
    assert none.low is not None and none.high is not None and some.low is not None
    assert none.low < 0 < none.high
    assert none.high < some.low and some.value < much.value
    assert abs(distances.kid(a, a).value) < 0.25 * some.value


def test_spread_and_nearest_of_known_points() -> None:
    points = np.array([[0.0, 0.0], [3.0, 4.0], [0.0, 1.0]])
    assert distances.spread(points) == pytest.approx((5 + 1 + np.sqrt(18)) / 3)
    away, which = distances.nearest(points, points, apart=True)
    assert away == pytest.approx([1, np.sqrt(18), 1], abs=1e-6)
    assert which.tolist() == [2, 2, 0]
    assert distances.nearest(points, points)[0] == pytest.approx([0, 0, 0], abs=1e-6)
