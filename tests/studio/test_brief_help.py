"""What helps to write a brief, through its HTTP doors."""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from generation.models import Brief
from studio.models import User
from tests.generation.planning.test_llm import server
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


def test_headlines_come_from_the_grammar_where_no_model_is_set(client_of_owner: Client) -> None:
    told = client_of_owner.post("/briefs/headlines", {"brand": "demo", "prompt": "会员日", "segment": "新会员"}).json()
    assert len(told["lines"]) == 4 and (told["source"], told["held"], told["why"]) == ("", 0, "")
    other = client_of_owner.post("/briefs/headlines", {"brand": "demo", "prompt": "会员日", "segment": "大学生"}).json()
    assert not set(told["lines"]) & set(other["lines"])
    held = client_of_owner.post(
        "/briefs/headlines", {"brand": "demo", "prompt": "会员日", "segment": "稳赚的人"}
    ).json()
    assert held["lines"] == [] and held["held"] == 4


def test_headlines_come_from_a_real_server_through_the_bench_and_name_it(
    client_of_owner: Client, bench: None, settings: Any
) -> None:
    settings.OUTBOUND_ALLOW = ["127.0.0.1"]
    answer = json.dumps({"headlines": ["会员日，慢慢逛", "稳赚不赔的会员日", "全场3折"]}, ensure_ascii=False)
    with server(answer, "nothing of use", "nothing of use") as (model, _):
        settings.LANGUAGE_MODEL, settings.LANGUAGE_MODEL_NAME = model.address, "tiny-chat"
        form = {"brand": "demo", "prompt": "会员日"}
        told = client_of_owner.post("/briefs/headlines", form).json()
        assert told == {"lines": ["会员日，慢慢逛"], "source": "tiny-chat", "held": 2, "why": ""}
        told = client_of_owner.post("/briefs/headlines", form).json()
        assert len(told["lines"]) == 4 and told["source"] == "" and "tiny-chat" in told["why"]
    settings.OUTBOUND_ALLOW = []
    told = client_of_owner.post("/briefs/headlines", form, headers={"accept-language": "zh-hans"}).json()
    assert len(told["lines"]) == 4 and "OUTBOUND_ALLOW" in told["why"]


def test_nobody_is_proposed_headlines_for_a_brand_that_is_not_theirs(client_of_owner: Client) -> None:
    for brand in ("larkmoor", "nothing", ""):
        assert client_of_owner.post("/briefs/headlines", {"brand": brand, "prompt": "x"}).status_code == 404


def test_segments_become_the_briefs_own(client_of_owner: Client) -> None:
    sent = TYPED | {"headline": "会员日", "segments": "大学生：18–24，校园\nparents\n\n"}
    assert client_of_owner.post("/briefs/new", sent | {"formats": ["600x600"]}).status_code == 302
    assert Brief.objects.get().data["segments"] == [
        {"name": "大学生", "traits": ["18–24", "校园"]},
        {"name": "parents", "traits": []},
    ]
    said = client_of_owner.post("/briefs/new", sent | {"segments": "长" * 90, "formats": ["600x600"]})
    assert said.status_code == 422 and 'id="problems-segments" aria-live="polite"><li>' in said.content.decode()
