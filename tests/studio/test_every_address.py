"""Every address, asked by each of the cast, with rows of two brands: the table's answer, no word of another brand, no change."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from brand_styles.elements import bytes_of, keep_element
from brand_styles.models import Brand
from brand_styles.words import Words
from generation.models import Asset, Brief, Campaign, LateChange, Preview
from generation.products.cutouts import start_cut_out
from reviews.enlisting import enlist_new
from reviews.models import Dataset, Gate, GatePair, Item, Learner, LearnerVersion
from studio.access import Scope
from studio.models import (
    ApiToken,
    ClientLink,
    Comment,
    Delivery,
    Invite,
    Membership,
    Quota,
    Role,
    SignedIn,
    User,
    Webhook,
)
from studio.people import deactivate, end_sessions, invite
from studio.sharing import Writer, comment, make_link
from studio.signing import file_address
from studio.tokens import make_token
from tests.studio.addresses import ADDRESSES, CAST, MEMBERS, OUTSIDE, Address

MARKS = re.compile("leakmark|泄密标记", re.I)  # stands in every name of brand demo that a page could say
OF_BRIEFS = re.compile("leakmark (comment|client)|leakmark-(block|campaign)|泄密标记 leakmark|泄密标记块", re.I)
BACKEND = "django.contrib.auth.backends.ModelBackend"
OWN_TABLES = ("django_session", "studio_signedin", "axes_", "studio_user", "studio_apitoken")  # of whoever asks
WRITES = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


class Stage:
    """Brand demo with one row of everything, each named with a mark; and the cast, signed in as far as they are."""

    def __init__(self, brief: Brief) -> None:
        self.brand = brief.library.brand
        self._name(brief)
        self.people = {role: self._member(role) for role in MEMBERS}
        self.target = self._member("target", Role.VIEWER)
        self.rows = self._rows(brief)
        self.clients = {who: Client() for who in CAST} | {who: self._signed_in(self.people[who]) for who in MEMBERS}
        self._others()
        session = SignedIn.objects.filter(user=self.people["owner"]).get()
        self.rows["session_id"] = session.pk

    def _name(self, brief: Brief) -> None:
        Brand.objects.filter(pk=self.brand.pk).update(name_en="Leakmark Brand", name_zh="泄密标记品牌")
        campaign = Campaign.objects.create(brand=self.brand, slug="leakmark-campaign")
        Brief.objects.filter(pk=brief.pk).update(title="泄密标记 leakmark", campaign=campaign)

    def _member(self, name: str, role: Role | None = None) -> User:
        user = User.objects.create_user(f"leakmark-{name}", password=f"a-password-of-{name}")
        Membership.objects.create(user=user, brand=self.brand, role=role or Role(name))
        return user

    def _signed_in(self, user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        client.get("/account")
        return client

    def _others(self) -> None:
        larkmoor = Brand.objects.get(slug="larkmoor")
        for name in ("staff", "stranger", "nobody"):
            user = User.objects.create_user(f"other-{name}", is_staff=name == "staff")
            if name == "stranger":
                Membership.objects.create(user=user, brand=larkmoor, role=Role.OWNER)
            self.people[name] = user
            self.clients[name] = self._signed_in(user)
        ended, shut = self._member("ended", Role.OWNER), self._member("shut", Role.OWNER)
        self.clients["ended session"], self.clients["shut out"] = self._signed_in(ended), self._signed_in(shut)
        end_sessions(ended)
        deactivate(shut)
        for name, change in (("expired", "expires_at"), ("revoked", "revoked_at")):
            row, key = make_token(user=self.people["owner"], name=name, scopes=list(Scope))
            ApiToken.objects.filter(pk=row.pk).update(**{change: timezone.now() - timedelta(minutes=1)})
            self.clients[f"{name} token"] = Client(headers={"authorization": f"Bearer {key}"})

    def _rows(self, brief: Brief) -> dict[str, Any]:
        asset = Asset.objects.filter(job__variant__brief=brief)[0]
        enlist_new()
        Preview.objects.create(job_id=asset.job_id, jpeg=b"\xff\xd8", step=1)
        owner = self.people["owner"]
        link, key = make_link(brief=brief, made_by=owner, name="leakmark client")
        written = comment(asset=asset, writer=Writer(user=owner), text="leakmark comment")
        invitation = invite(brand=self.brand, role=Role.VIEWER, made_by=owner, note="leakmark invite")
        Quota.objects.create(brand=self.brand, day_seconds=10**6)
        change = LateChange.objects.create(brief=brief, owner=owner, old="leakmark words", new="other words")
        token, _ = make_token(user=owner, name="leakmark token", scopes=[Scope.READ])
        return {
            "brief_id": brief.pk,
            "token": "unsigned",
            "job_id": asset.job_id,
            "asset_id": asset.pk,
            "item_id": Item.objects.get(asset=asset).pk,
            "step": 1,
            "number": 1,
            "kind": "design",
            "chart": "usable",
            "brand": self.brand.slug,
            "slug": self.brand.slug,
            "version": 1,
            "face": "archivo",
            "weight": 400,
            "place": 0,
            "name": "language-model",
            "link_id": link.pk,
            "comment_id": written.pk,
            "invite_id": Invite.objects.get().pk,
            "member_id": Membership.objects.get(user=self.target).pk,
            "person_id": self.target.pk,
            "token_id": token.pk,
            "change_id": change.pk,
            "signed": file_address(asset.pk, "picture", link).rpartition("/")[2],
            "key": key,
            "join key": invitation,
            **self._connections(owner),
            **self._learners(),
            **self._library(brief),
        }

    def _learners(self) -> dict[str, Any]:
        kept = default_storage.save("learners/leakmark.jpg", ContentFile(b"\xff\xd8leakmark"))
        learner = Learner.objects.create(brand=self.brand, kind="adapter")
        dataset = Dataset.objects.create(
            brand=self.brand, kind="adapter", method="sft", manifest="none", sha256="0" * 64
        )
        version = LearnerVersion.objects.create(
            learner=learner,
            number=1,
            method="sft",
            state="trained",
            dataset=dataset,
            samples=[{"step": 1, "file": kept}],
        )
        gate = Gate.objects.create(version=version, status="finished", passed=True, report={}, file=kept)
        GatePair.objects.create(gate=gate, number=1, shown={"against": kept})
        return {"version_id": version.pk, "gate_id": gate.pk, "learner": "adapter", "what": "cancel", "side": "against"}

    def _connections(self, owner: User) -> dict[str, int]:
        hook = Webhook.objects.create(brand=self.brand, made_by=owner, url="https://leakmark.example/", name="leakmark")
        sent = Delivery.objects.create(webhook=hook, message_id="leakmark", event="ping", body="{}", state="failed")
        return {"webhook_id": hook.pk, "delivery_id": sent.pk}

    def _library(self, brief: Brief) -> dict[str, int]:
        pixels = np.zeros((200, 200, 4), np.uint8)
        pixels[40:160, 40:160] = (180, 40, 30, 255)
        words = Words(en="Leakmark block", zh="泄密标记块")
        element = keep_element(
            brand=self.brand, slug="leakmark-block", name=words, source="photo", pixels=pixels, recipe={}
        )
        draft = start_cut_out(brand=self.brand, owner_id=brief.owner_id, name="leakmark", file=bytes_of(element))
        return {"element_id": element.pk, "cut_out_id": draft.pk}

    def address(self, name: str, pattern: URLPattern) -> str:
        wanted = set(pattern.pattern.converters) | set(getattr(pattern.pattern.regex, "groupindex", {}))
        given = {key: self.rows[key] for key in wanted}
        return reverse(name, kwargs=given | ({"key": self.rows["join key"]} if name == "join" else {}))

    def sent(self, address: Address) -> dict[str, Any]:
        rows = self.rows
        return {key: value.format(**rows) if isinstance(value, str) else value for key, value in address.sent.items()}


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(name with its namespaces, pattern) of every address, those of included files too."""
    for found in (resolver or get_resolver()).url_patterns:
        if isinstance(found, URLResolver):
            yield from patterns(found, f"{before}{found.namespace}:" if found.namespace else before)
        else:
            yield f"{before}{found.name or found.pattern}", found


def cases(name: str) -> list[Address]:
    """The table's entries for an address: one for all its methods, or one each ("name POST")."""
    return [address for key, address in ADDRESSES.items() if key.partition(" ")[0] == name]


@pytest.fixture
def stage(made_brief: Brief) -> Stage:
    cache.clear()
    return Stage(made_brief)


def test_every_address_has_its_rule() -> None:
    names = {name for name, _ in patterns()}
    asked = {key.partition(" ")[0] for key in ADDRESSES}
    assert names - asked == set(), "add these to tests/studio/addresses.py"
    assert asked - names == set(), "these are no addresses any more"


@pytest.mark.parametrize("who", CAST)
def test_everybody_gets_what_the_table_says_and_no_word_of_another_brand(who: str, stage: Stage) -> None:
    troubles, count = [], 0
    for name, pattern in patterns():
        for address in cases(name):
            for method in address.methods:
                trouble = ask(stage, who, stage.address(name, pattern), method, address)
                count += 1
                troubles += [f"{method} {name}: {trouble}"] if trouble else []
    assert count > 60 and not troubles, "\n".join(troubles)


def ask(stage: Stage, who: str, url: str, method: str, address: Address) -> str:
    """What is wrong with the answer; "" where nothing is. Whatever it changed is taken back."""
    mark, client = transaction.savepoint(), stage.clients[who]
    cookies = client.cookies.output()
    try:
        with CaptureQueriesContext(connection) as queries:
            answer = client.generic(method, url, *body(stage.sent(address), method, url))
        said = b"" if answer.streaming else answer.content
        to_sign_in = answer.headers.get("Location", "").startswith("/sign-in?next=")
        return wrong(
            who,
            401 if to_sign_in else answer.status_code,
            said.decode(errors="replace") + str(answer.headers),
            address,
            queries,
        )
    finally:
        transaction.savepoint_rollback(mark)
        client.cookies.clear()
        client.cookies.load(cookies.replace("Set-Cookie: ", ""))


def body(sent: dict[str, Any], method: str, url: str) -> tuple[bytes, str]:
    from urllib.parse import urlencode

    if url.startswith("/api/") and method != "GET":
        return json.dumps(sent).encode(), "application/json"
    return (urlencode(sent).encode(), "application/x-www-form-urlencoded") if method != "GET" else (b"", "text/plain")


def wrong(who: str, status: int, said: str, address: Address, queries: CaptureQueriesContext) -> str:
    if status not in address.rule[who]:
        return f"{status}, not {sorted(address.rule[who])}"
    if who in MEMBERS or address.key:
        return ""
    if found := (OF_BRIEFS if who == "staff" else MARKS).search(said):
        return f"says {said[max(0, found.start() - 60) : found.end() + 20]!r}"
    if status in (403, 404) or who in OUTSIDE:
        changed = {m[1] for q in queries if (m := WRITES.match(q["sql"])) and not m[1].startswith(OWN_TABLES)}
        return f"wrote to {sorted(changed)}" if changed else ""
    return ""


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_key_that_is_wrong_withdrawn_used_or_over_opens_nothing(stage: Stage, language: str) -> None:
    client = Client(headers={"accept-language": language})
    ClientLink.objects.update(revoked_at=timezone.now())
    Invite.objects.update(expires_at=timezone.now())
    for url in (f"/c/{stage.rows['key']}", f"/join/{stage.rows['join key']}", "/c/vmc_guess", "/join/vmi_guess"):
        answer = client.get(url)
        assert answer.status_code == 410 and not MARKS.search(answer.content.decode())
    assert client.get(f"/files/{stage.rows['signed']}").status_code == 404
    assert client.post(f"/c/{stage.rows['key']}/comment", {"asset": stage.rows["asset_id"]}).status_code == 410
    assert Comment.objects.count() == 1


def test_a_member_is_told_in_words_what_their_role_does_not_reach(stage: Stage) -> None:
    url = f"/briefs/{stage.rows['brief_id']}/cancel"
    for language, words in (("en", "does not let you make or change pictures"), ("zh-hans", "不能制作或修改图片")):
        answer = stage.clients["viewer"].post(url, headers={"accept-language": language})
        assert answer.status_code == 403 and words in answer.content.decode()
    answer = stage.clients["viewer"].post(
        f"/cutouts/{stage.rows['cut_out_id']}/cut", json.dumps({}), content_type="application/json"
    )
    assert answer.status_code == 403 and "does not let you" in answer.json()["problem"]


def test_everyone_who_works_for_no_brand_is_told_where_to_turn(stage: Stage) -> None:
    for url in ("/people", "/briefs/new", "/elements"):
        assert "You don&#x27;t work for any brand yet" in stage.clients["nobody"].get(url).content.decode()


def test_the_cast_is_who_it_says(stage: Stage) -> None:
    inside = {who for who, client in stage.clients.items() if client.get("/account").status_code == 200}
    assert inside == set(CAST) - set(OUTSIDE)
    assert all(SESSION_KEY in stage.clients[who].session for who in MEMBERS)


def test_who_may_not_write_briefs_is_not_asked_to(stage: Stage) -> None:
    for url in ("/", "/briefs"):
        offered = {who for who in MEMBERS if "/briefs/new" in stage.clients[who].get(url).content.decode()}
        assert offered == {"owner", "designer", "operator"}
