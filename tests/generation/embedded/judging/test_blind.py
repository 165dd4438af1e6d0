from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generation.embedded.judging import blind


def test_votes_are_counted_against_the_key() -> None:
    key = {"001": "left", "002": "right", "003": "left", "004": "right", "005": "left"}
    score = blind.score(key, {"001": "left", "002": "left", "003": "same", "004": "right"})
    assert (score.share.value, score.share.count) == (0.5, 4)
    assert score.decided.value == pytest.approx(2 / 3)
    assert score.decided.count == 3
    assert (score.same, score.missing) == (1, ("005",))
    assert "50.0% of 4" in str(score)


@pytest.mark.parametrize("votes", [{"001": "model"}, {"999": "left"}])
def test_a_vote_on_nothing_is_refused(votes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no votes on the pairs"):
        blind.score({"001": "left"}, votes)


def test_a_file_without_votes_is_told(tmp_path: Path) -> None:
    (tmp_path / "votes.json").write_text("[1]")
    with pytest.raises(ValueError, match="holds no votes"):
        blind.read(tmp_path / "votes.json")


def test_sides_come_from_the_seed_and_are_about_even() -> None:
    sides = [blind.side_of(7, n) for n in range(100)]
    assert sides == [blind.side_of(7, n) for n in range(100)]
    assert 35 <= sides.count(blind.LEFT) <= 65
    assert sides != [blind.side_of(8, n) for n in range(100)]


def test_a_pair_shows_left_and_right_and_says_nothing_else(tmp_path: Path) -> None:
    red, blue = (np.full((1920, 1080, 3), c, np.uint8) for c in ((200, 0, 0), (0, 0, 200)))
    blind.write_pair(tmp_path / "001.jpg", red, blue)
    with Image.open(tmp_path / "001.jpg") as image:
        pixels = np.asarray(image)
        assert not image.getexif() and "comment" not in image.info
    assert pixels.shape[0] == 1100 + 2 * blind.GAP
    middle = pixels[pixels.shape[0] // 2]
    assert middle[len(middle) // 4, 0] > 150 and middle[3 * len(middle) // 4, 2] > 150
