"""No request breaks the API, and no answer is one that its OpenAPI document does not know."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from generation import late_changes
from generation.models import Asset
from studio.models import Delivery, User, Webhook
from studio.sharing import Writer, comment
from tests.studio.api.conftest import Program
from tests.studio.api.fuzzing import Fuzzer, kept_connection, resolved

PARTS = 12  # of the operations, each a test of its own
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "30"))  # with 125, over ten thousand requests
LEAST = 5.9  # requests an example in a part with one operation fewer than the others


@pytest.fixture
def fuzzer(
    assets: list[Asset], owner: User, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Fuzzer]:
    settings.API_PER_MINUTE = settings.BRIEFS_PER_HOUR = settings.QUEUE_LIMIT = 10**9
    settings.RUN_DIR = tmp_path  # no bench: saving is told to wait
    monkeypatch.setattr("socket.getaddrinfo", resolved)
    asset = Asset.objects.select_related("job__variant__brief__library__brand").get(pk=assets[0].pk)
    brief = asset.job.variant.brief
    found = late_changes.targets(late_changes.pictures_of(brief, False), field="price", old="", new="¥60")
    change = late_changes.order(
        brief=brief, whole_campaign=False, owner_id=owner.pk, field="price", old="", new="¥60", found=found
    )
    said = comment(asset=asset, writer=Writer(user=owner), text="Bolder")
    hook = Webhook.objects.create(brand=brief.library.brand, made_by=owner, url="https://example.com/", hint="abcd")
    sent = Delivery.objects.create(
        webhook=hook, message_id="msg_1", event="ping", body="{}", state="failed", ended_at=timezone.now()
    )
    rows = {
        "slug": "demo",
        "brief_id": brief.pk,
        "job_id": asset.job_id,
        "asset_id": asset.pk,
        "change_id": change.pk,
        "comment_id": said.pk,
        "webhook_id": hook.pk,
        "delivery_id": sent.pk,
    }
    with kept_connection():
        yield Fuzzer(Program(owner).key, rows)


def test_a_few_hundred_requests_break_nothing(fuzzer: Fuzzer) -> None:
    count = fuzzer.run(examples=4)
    assert not fuzzer.troubles, "\n\n".join(fuzzer.troubles[:5])
    assert count > 250 and {200, 201, 404, 422} <= fuzzer.statuses.keys(), fuzzer.statuses


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("part", range(PARTS))
def test_thousands_of_requests_break_nothing(fuzzer: Fuzzer, part: int) -> None:
    """All parts together: docs/benchmarks.md has the figure."""
    count = fuzzer.run(examples=EXAMPLES, part=part, parts=PARTS)
    print(f"{count} requests, {len(fuzzer.troubles)} troubles, {dict(sorted(fuzzer.statuses.items()))}")  # noqa: T201
    assert not fuzzer.troubles, "\n\n".join(fuzzer.troubles[:5])
    assert count >= LEAST * EXAMPLES
