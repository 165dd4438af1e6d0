"""What helps to write a brief, through its HTTP doors."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from studio.models import User
from tests.studio import editable

TYPED = {
    "tab": "form",
    "brand": "demo",
    "headline": "会员狂欢日年度盛典全场好礼相送惊喜不断活动期间人人有份千万别错过",
    "price": "¥50",
    "formats": ["600x600", "234x60"],
    "seed": "7",
}


@pytest.fixture
def bench(settings: Any) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, editable.bench_at(settings, Path(folder)):
        yield


def test_each_format_is_fitted_by_itself(client_of_owner: Client, bench: None) -> None:
    easy = client_of_owner.post("/briefs/fit", TYPED | {"fit": "600x600"}).json()
    assert (easy["status"], easy["words"]) == ("fits", "")
    hard = client_of_owner.post("/briefs/fit", TYPED | {"fit": "234x60"}).json()
    assert (hard["status"], hard["slot"]) == ("breaks", f"copy-{hard['role']}")
    assert hard["excess_px"] > 0 and hard["words"].startswith("234×60: the ")


def test_nothing_is_fitted_that_is_not_sound_or_not_asked_for(client_of_owner: Client, bench: None) -> None:
    for wrong in ({"headline": "", "price": ""}, {"fit": "1x1"}, {"brand": "else"}, {"seed": "x"}):
        assert client_of_owner.post("/briefs/fit", TYPED | {"fit": "600x600"} | wrong).status_code == 204


def test_a_bench_that_is_away_is_told(client_of_owner: Client, settings: Any, tmp_path: Path) -> None:
    settings.RUN_DIR = tmp_path
    answer = client_of_owner.post("/briefs/fit", TYPED | {"fit": "600x600"})
    assert answer.status_code == 200 and set(answer.json()) == {"away"}


def test_nobody_fits_copy_for_a_brand_that_is_not_theirs(
    stranger: User, as_person: Callable[[User], Client], bench: None
) -> None:
    assert as_person(stranger).post("/briefs/fit", TYPED | {"fit": "600x600"}).status_code == 204


def test_pasted_rows_become_drafts(client_of_owner: Client) -> None:
    told = client_of_owner.post("/briefs/pasted", {"text": "标题：会员日\n品牌：demo\n你好"}).json()
    assert told == {"rows": [{"fields": {"headline": "会员日", "brand": "demo"}, "left": ["你好"]}]}
    told = client_of_owner.post("/briefs/pasted", {"text": "Headline: <b>x</b>\nBrand: another"}).json()
    assert told == {"rows": [{"fields": {"headline": "<b>x</b>"}, "left": ["another"]}]}


def test_too_much_is_told(client_of_owner: Client) -> None:
    answer = client_of_owner.post("/briefs/pasted", {"text": "x" * 100_001})
    assert answer.status_code == 422 and "200 rows" in answer.json()["problem"]
