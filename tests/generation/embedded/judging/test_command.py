import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from generation.embedded.judging.run import Judging


def test_votes_are_counted_by_the_command(tmp_path: Path) -> None:
    out = Judging(tmp_path, tmp_path).out
    out.mkdir()
    (out / "blind-key.json").write_text(json.dumps({f"{n:03d}": "left" for n in range(1, 11)}))
    votes = tmp_path / "votes.json"
    votes.write_text(json.dumps({f"{n:03d}": "left" if n < 7 else "right" for n in range(1, 11)}))
    told = StringIO()
    call_command("judge_embedded", "--work", str(tmp_path), "--votes", str(votes), stdout=told)
    assert "60.0% of 10 (95 % interval 31.3% to 83.2%)" in told.getvalue()


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
