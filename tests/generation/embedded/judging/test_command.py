import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from PIL import Image

from generation.embedded.judging import blind
from generation.embedded.judging.run import Judging


def test_votes_are_counted_by_the_command(tmp_path: Path) -> None:
    """The model's picture is the red one; six votes in ten went to it; the sheet puts it right and marks the preferred."""
    out = Judging(tmp_path, tmp_path).out
    out.mkdir()
    red, blue = (np.full((90, 60, 3), colour, np.uint8) for colour in ((200, 0, 0), (0, 0, 200)))
    for n in range(1, 11):
        blind.write_pair(out / "blind" / f"{n:03d}.jpg", red, blue)
    (out / "blind-key.json").write_text(json.dumps({f"{n:03d}": "left" for n in range(1, 11)}))
    votes = tmp_path / "votes.json"
    votes.write_text(json.dumps({f"{n:03d}": "left" if n < 7 else "right" for n in range(1, 11)}))
    told = StringIO()
    call_command("judge_embedded", "--work", str(tmp_path), "--votes", str(votes), stdout=told)
    assert "60.0% of 10 (95 % interval 31.3% to 83.2%)" in told.getvalue()
    sheet = np.asarray(Image.open(out / "sheet-pairs.webp").convert("RGB"), int)
    first, last = sheet[:, :264], sheet[:, -264:]
    for pair in (first, last):
        blue_side, red_side = pair[40, 66], pair[40, 198]
        assert blue_side[2] > 150 > blue_side[0] and red_side[0] > 150 > red_side[2]
    (winning, losing), (lost, won) = (
        [half[94].max(axis=0)[0] for half in (p[:, 132:], p[:, :132])] for p in (first, last)
    )
    assert min(winning, won) > 200 and max(losing, lost) < 100


def test_bad_votes_and_an_empty_folder_are_told_in_a_sentence(tmp_path: Path) -> None:
    out = Judging(tmp_path, tmp_path).out
    out.mkdir()
    (out / "blind-key.json").write_text('{"001": "left"}')
    (tmp_path / "votes.json").write_text('{"001": "perhaps"}')
    for more, said in (
        (["--votes", str(tmp_path / "votes.json")], "no votes"),
        (["--stage", "report"], "stage `judges`"),
    ):
        err = StringIO()
        with pytest.raises(SystemExit):
            call_command("judge_embedded", "--work", str(tmp_path), *more, stderr=err, stdout=StringIO())
        assert said in err.getvalue()
