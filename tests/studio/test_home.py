"""Home: what needs somebody now, what became ready since they looked, what they starred, and the sample in one click."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from brand_styles.models import Brand
from generation import jobs
from generation.models import Asset, Brief, Job, Status
from studio.looking import in_trouble, looked, new_to, starred
from studio.models import Look, Membership, Role, Star, User


def shown(client: Client, language: str = "en") -> str:
    return client.get("/", headers={"accept-language": language}).content.decode()


@pytest.mark.parametrize(
    ("language", "headline"), [("en", "Members&#x27; day on the 18th"), ("zh-hans", "18日会员权益日")]
)
def test_an_empty_studio_starts_the_sample_in_one_click(client_of_owner: Client, language: str, headline: str) -> None:
    assert "/home/sample" in shown(client_of_owner, language)
    answer = client_of_owner.post("/home/sample", headers={"accept-language": language})
    brief = Brief.objects.get()
    assert answer.headers["Location"] == f"/briefs/{brief.pk}" and brief.library.brand.slug == "demo"
    assert Job.objects.filter(variant__brief=brief).count() == 6
    page = shown(client_of_owner, language)
    assert headline in page and "<progress" in page and "/home/sample" not in page


def test_the_sample_is_made_for_a_brand_of_theirs(stranger: User, as_person: Callable[[User], Client]) -> None:
    as_person(stranger).post("/home/sample")
    assert Brief.objects.get().library.brand.slug == "larkmoor"


def test_who_may_not_write_is_offered_no_sample(brands: None, as_person: Callable[[User], Client]) -> None:
    viewer = User.objects.create_user("viewer")
    Membership.objects.create(user=viewer, brand=Brand.objects.get(slug="demo"), role=Role.VIEWER)
    page = shown(as_person(viewer))
    assert "/home/sample" not in page and "as soon as somebody makes them" in page
    assert as_person(viewer).post("/home/sample").status_code == 403 and not Brief.objects.exists()


def test_what_was_made_is_new_until_one_looks(
    owner: User, teammate: User, made_brief: Brief, client_of_owner: Client
) -> None:
    everything = Brief.objects.all()
    Job.objects.update(ended_at=timezone.now() + timedelta(seconds=1))
    assert [b.pk for b in new_to(owner, everything)] == [made_brief.pk] == [b.pk for b in new_to(teammate, everything)]
    assert "Ready since you last looked" in shown(client_of_owner)
    Job.objects.update(ended_at=timezone.now())
    client_of_owner.get(f"/briefs/{made_brief.pk}")
    assert Look.objects.get().user == owner
    assert "Ready since you last looked" not in shown(client_of_owner)
    assert not new_to(owner, everything) and new_to(teammate, everything)
    Job.objects.filter(variant__brief=made_brief).update(ended_at=timezone.now())
    assert new_to(owner, everything), "something was made anew"
    Job.objects.filter(variant__brief=made_brief).update(ended_at=timezone.now() - timedelta(days=15))
    assert not new_to(teammate, everything), "old news"


def test_a_failure_says_what_happened_and_offers_what_to_do(brief: Brief, client_of_owner: Client) -> None:
    from brand_styles.words import Words

    claim = jobs.claim_next()
    assert claim
    jobs.fail(claim, Words(en="The product picture is gone. Choose it again.", zh="产品图已丢失，请重新选择。"))
    assert [job.variant.brief_id for job in in_trouble(Brief.objects.all())] == [brief.pk]
    page = shown(client_of_owner)
    assert "The product picture is gone." in page and f'action="/briefs/{brief.pk}/retry"' in page
    assert "产品图已丢失" in shown(client_of_owner, "zh-hans")
    Job.objects.filter(status=Status.FAILED).update(ended_at=timezone.now() - timedelta(days=8))
    assert "The product picture is gone." not in shown(client_of_owner)


def test_a_picture_that_is_held_back_leads_to_its_bench(made_brief: Brief, client_of_owner: Client) -> None:
    asset = Asset.objects.earliest("id")
    finding = {"severity": "block", "words": {"en": "The price is too small.", "zh": "价格太小。"}}
    Asset.objects.filter(pk=asset.pk).update(verdict="blocked", report={"findings": [finding]})
    Job.objects.filter(pk=asset.job_id).update(status=Status.BLOCKED)
    page = shown(client_of_owner)
    assert "The price is too small." in page and f'href="/assets/{asset.pk}">' in page


def test_starred_pictures_come_before_the_latest(made_brief: Brief, owner: User, client_of_owner: Client) -> None:
    looked(owner, made_brief)
    assert "Latest pictures" in shown(client_of_owner)
    asset = Asset.objects.latest("id")
    Star.objects.create(user=owner, job=asset.job)
    assert starred(owner, Brief.objects.all(), 5) == [asset] and starred(owner, Brief.objects.none(), 5) == []
    assert "Starred lately" in shown(client_of_owner)


def test_the_calendar_is_that_of_ones_own_brands(client_of_owner: Client, brief: Brief) -> None:
    page = shown(client_of_owner)
    assert page.count("/briefs/new?occasion=") == 4 and "&amp;brand=demo" in page


def test_what_moves_is_asked_for_alone_and_answers_304(client_of_owner: Client, brief: Brief) -> None:
    first = client_of_owner.get("/home/now")
    assert first.status_code == 200 and "<html" not in first.content.decode()
    assert client_of_owner.get("/home/now", headers={"if-none-match": first["ETag"]}).status_code == 304
    jobs.claim_next()
    assert client_of_owner.get("/home/now", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_nobody_sees_another_brands_home(
    made_brief: Brief, stranger: User, as_person: Callable[[User], Client]
) -> None:
    page = shown(as_person(stranger))
    assert made_brief.title not in page and "thumbnail" not in page
