"""What every address of the studio answers to whom. An address that is not here fails test_every_address: add it with its rule.

`RULES` says which status each of the cast gets; `ADDRESSES` gives each address its rule, how it is asked and with which fields.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from studio.access import ACTS, Act
from studio.models import Role

MEMBERS = tuple(str(role) for role in Role)
# Signed in: five members of brand demo, who runs the studio (and is no member), an owner of another brand, somebody of no brand.
SIGNED_IN = (*MEMBERS, "staff", "stranger", "nobody")
# As good as not signed in: no session, one that was ended, one of a person shut out, and tokens that are expired or revoked.
OUTSIDE = ("anonymous", "ended session", "shut out", "expired token", "revoked token")
CAST = (*SIGNED_IN, *OUTSIDE)

IN = frozenset({200, 201, 202, 204, 302, 410, 422})  # let in; what was sent may still be wanting
TO_SIGN_IN = frozenset({401})  # sent to the sign-in page counts as 401
Rule = Mapping[str, frozenset[int]]
Status = int | frozenset[int]


def rule(inside: Mapping[str, Status], others: Status, outside: Status = TO_SIGN_IN) -> Rule:
    """`inside` by name, `others` for the rest of the signed in, `outside` for those who are not."""
    said: dict[str, Status] = dict.fromkeys(SIGNED_IN, others) | dict.fromkeys(OUTSIDE, outside)
    return {
        who: status if isinstance(status, frozenset) else frozenset({status})
        for who, status in (said | dict(inside)).items()
    }


def of_members(act: Act) -> Rule:
    """An object of brand demo: members whose role has the act get in, other members are told, it does not exist for the rest."""
    return rule({str(role): IN if act in acts else 403 for role, acts in ACTS.items()}, 404)


def of_owners() -> Rule:
    """Brand demo's people and quotas: its owners, and whoever runs the studio."""
    return rule({str(role): IN if Act.MANAGE in acts else 403 for role, acts in ACTS.items()} | {"staff": IN}, 404)


EVERYONE = rule(dict.fromkeys(CAST, IN), 200)
PEOPLE = rule(dict.fromkeys(SIGNED_IN, IN), 200)
WRITERS = rule(dict.fromkeys(SIGNED_IN, IN) | {"viewer": frozenset({403}), "reviewer": frozenset({403})}, 200)
REVIEWERS = rule(dict.fromkeys(SIGNED_IN, IN) | {"viewer": frozenset({403}), "operator": frozenset({403})}, 200)
STARTERS = rule({"owner": IN, "designer": IN, "staff": IN, "stranger": IN}, 403)
STAFF = rule({"staff": IN}, 403)
OWNERS_OWN = rule({"owner": IN}, 404)  # belongs to the person who is demo's owner, not to the brand
OWNERS = of_owners()


@dataclass(frozen=True)
class Address:
    """`sent` fields may name a row of the stage: "{brand}". `key`: whoever holds the address may see what it opens."""

    rule: Rule
    methods: tuple[str, ...] = ("GET",)
    sent: Mapping[str, Any] = field(default_factory=dict)
    key: bool = False


def see(act: Act = Act.VIEW) -> Address:
    return Address(of_members(act))


def do(act: Act, *methods: str, **sent: Any) -> Address:
    return Address(of_members(act), methods or ("POST",), sent)


def compose(**sent: Any) -> Address:
    """Asks the bench's process, which may be away: 503, as the API's document says. Here it is, since none is started."""
    allowed = rule({str(role): IN | {503} if Act.MAKE in acts else 403 for role, acts in ACTS.items()}, 404)
    return Address(allowed, ("POST",), sent)


ADDRESSES: dict[str, Address] = {
    # open to everyone
    "sign-in": Address(EVERYONE),
    "sign-in-elsewhere": Address(rule(dict.fromkeys(CAST, frozenset({404})), 404)),  # not offered unless it is set up
    "sign-in-back": Address(rule(dict.fromkeys(CAST, frozenset({404})), 404)),
    "sign-out": Address(EVERYONE, ("POST",)),
    "preferences": Address(EVERYONE, ("POST",), {"theme": "dark"}),
    "interface-face": Address(EVERYONE),
    "health": Address(EVERYONE),
    "metrics": Address(rule(dict.fromkeys(CAST, frozenset({404})), 404)),  # asks for a token of its own
    "ready": Address(rule(dict.fromkeys(CAST, IN | {503}), 200)),
    # lists and forms: everyone signed in sees their own brands in them
    "home": Address(PEOPLE),
    "home-now": Address(PEOPLE),
    "sample-brief": Address(WRITERS, ("POST",)),
    "briefs": Address(PEOPLE),
    "brands": Address(PEOPLE),
    "models": Address(PEOPLE),
    "insight": Address(REVIEWERS),
    "insight-figures": Address(REVIEWERS),
    "find": Address(PEOPLE),
    "elements": Address(PEOPLE),
    # a brand's specimen; its reference pictures are none in this style
    "brand": see(),
    "brand-css": see(),
    "brand-face": see(),
    "brand-logo": see(),
    "brand-reference": Address(rule({}, 404)),
    # starting and drafting brands
    "new-brand": Address(STARTERS, ("GET", "POST"), {"slug": "kiln", "name.en": "Kiln", "name.zh": "窑"}),
    "brand-draft": see(Act.EDIT_BRAND),
    "brand-draft POST": do(Act.EDIT_BRAND, revision="1"),
    "start-brand": see(Act.EDIT_BRAND),
    "start-brand POST": do(Act.EDIT_BRAND),
    "add-reference": do(Act.EDIT_BRAND),
    "draft-reference": Address(
        rule(dict.fromkeys(("viewer", "operator", "reviewer"), 403), 404)
    ),  # a token that nobody signed
    "preview-brand": do(Act.EDIT_BRAND),
    "brand-draft-css": see(Act.EDIT_BRAND),
    "shadow-brand": see(Act.EDIT_BRAND),
    "brand-draft-face": see(Act.EDIT_BRAND),
    "import-brand": do(Act.EDIT_BRAND),
    "publish-brand": see(Act.EDIT_BRAND),
    "publish-brand POST": do(Act.PUBLISH),
    "discard-brand-draft": do(Act.EDIT_BRAND),
    "brand-versions": see(),
    "roll-back-brand": do(Act.PUBLISH, "GET", "POST"),
    "export-brand": see(Act.EDIT_BRAND),
    "new-brief": Address(WRITERS, ("GET", "POST")),
    "check-brief": Address(WRITERS, ("POST",)),
    "fit-brief": Address(WRITERS, ("POST",)),
    "pasted-brief": Address(WRITERS, ("POST",)),
    "brief-headlines": do(Act.MAKE, brand="{brand}", prompt="会员日", segment="新会员"),
    # briefs, jobs, assets
    "wall": see(),
    "live": see(),
    "events": see(),
    "compare": see(),
    "brief-source": see(),
    "download-brief": see(),
    "preview": see(),
    "asset": see(),
    "picture": see(),
    "thumbnail": see(),
    "document": see(),
    "cancel-brief": do(Act.MAKE),
    "star": do(Act.VIEW, a="{asset_id}", on="1"),
    "reroll": do(Act.MAKE, a="{asset_id}", keep="copy"),
    "more-like": do(Act.MAKE, count="2"),
    "more-like-selected": do(Act.MAKE, a="{asset_id}", count="2"),
    "move-ahead": do(Act.MAKE),
    "undo-cancel": do(Act.MAKE),
    "retry-brief": do(Act.MAKE),
    "cancel-job": do(Act.MAKE),
    "retry-job": do(Act.MAKE),
    # the bench
    "compose": do(Act.MAKE),
    "compose-findings": do(Act.MAKE),
    "save-version": do(Act.MAKE),
    "restore-version": do(Act.MAKE),
    "downloads": see(),
    "pictures-zip": see(),
    "contact-sheet": see(),
    "late-changes": see(Act.MAKE),
    "apply-late-change": do(Act.MAKE),
    "late-change": see(),
    "undo-late-change": do(Act.MAKE),
    "redo-late-change": do(Act.MAKE),
    # elements and cut-outs
    "element-picture": see(),
    "element-thumbnail": see(),
    "cut-out": see(),
    "cut-out-photo": see(),
    "cut-out-alpha": see(),
    "order-elements": do(Act.MAKE, brand="{brand}"),
    "remove-element": do(Act.MAKE),
    "restore-element": do(Act.MAKE),
    "new-cut-out": do(Act.MAKE, brand="{brand}"),
    "recut": do(Act.MAKE),
    "confirm-cut-out": do(Act.MAKE),
    "discard-cut-out": do(Act.MAKE),
    "restore-cut-out": do(Act.MAKE),
    # the review room
    "review": Address(REVIEWERS),
    "review-queue": Address(REVIEWERS),
    **{f"review-{act}": Address(REVIEWERS, ("POST",)) for act in ("next", "answer", "skip", "undo", "keep", "leave")},
    "review-decide": see(Act.EDIT_BRAND),
    "review-decide POST": do(Act.EDIT_BRAND, verdict="approve"),
    "review-keep-gold": do(Act.EDIT_BRAND, verdict="approve"),
    "review-retire-gold": do(Act.EDIT_BRAND),
    "review-assign": do(Act.EDIT_BRAND, reviewer="everybody", due="2100-01-01"),
    # what a brand has learnt
    "learners": Address(REVIEWERS),
    "brand-learners": see(Act.REVIEW),
    "train-learner": do(Act.EDIT_BRAND, method="kto"),
    "roll-back-learner": do(Act.EDIT_BRAND),
    "learner-act": do(Act.EDIT_BRAND),
    "learner-sample": see(Act.REVIEW),
    "gate-picture": see(Act.REVIEW),
    "gate-report": see(Act.REVIEW),
    "review-brand": see(Act.REVIEW),
    "review-policy": do(Act.EDIT_BRAND, overlap="3", overlap_share="10", due_hours="24"),
    "review-add-dimension": do(Act.EDIT_BRAND, name_en="Charm", name_zh="魅力"),
    "review-add-defect": do(Act.EDIT_BRAND, name_en="Off beat", name_zh="跑调", severity="minor", region="box"),
    "review-remove": do(Act.EDIT_BRAND, key="charm"),
    # comments and client links
    "asset-comments": Address(of_members(Act.VIEW)),
    "asset-comments POST": do(Act.COMMENT, text="Bolder"),
    "resolve-comment": do(Act.COMMENT),
    "share": do(Act.SHARE, "GET", "POST", name="Ms Zhou", days="7"),
    "withdraw-link": do(Act.SHARE),
    "client": Address(EVERYONE, key=True),
    "client-comment": Address(EVERYONE, ("POST",), {"asset": "{asset_id}", "name": "Zhou", "text": "Bolder"}, key=True),
    "client-sign-off": Address(
        EVERYONE, ("POST",), {"asset": "{asset_id}", "name": "Zhou", "word": "approve"}, key=True
    ),
    "signed-file": Address(EVERYONE, key=True),
    # people
    "people": Address(PEOPLE),
    "invite": Address(OWNERS, ("POST",), {"brand": "{brand}", "role": "viewer"}),
    "withdraw-invite": Address(OWNERS, ("POST",)),
    "change-role": Address(OWNERS, ("POST",), {"role": "viewer"}),
    "remove-member": Address(OWNERS, ("POST",)),
    "reset-link": Address(OWNERS, ("POST",)),
    "shut-out": Address(OWNERS, ("POST",)),
    "let-in": Address(STAFF, ("POST",)),
    "join": Address(EVERYONE, key=True),
    # accounts and settings
    "account": Address(PEOPLE),
    "change-password": Address(PEOPLE, ("POST",)),
    "end-session": Address(OWNERS_OWN, ("POST",)),
    "end-others": Address(PEOPLE, ("POST",)),
    "new-token": Address(PEOPLE, ("POST",), {"name": "sheet", "scopes": "read", "days": "7", "brands": "{brand}"}),
    "revoke-token": Address(OWNERS_OWN, ("POST",)),
    "undo": Address(PEOPLE, ("POST",)),
    "settings": Address(PEOPLE),
    "change-quota": Address(OWNERS, ("POST",), {"day_seconds": "60"}),
    "change-secret": Address(STAFF, ("POST",), {"value": "a-key-of-some-length"}),
    # webhooks
    "webhooks": Address(PEOPLE),
    "webhooks POST": do(Act.CONNECT, brand="{brand}", url="https://192.0.2.7/"),
    "webhook": see(Act.CONNECT),
    "webhook POST": do(Act.CONNECT, url="https://192.0.2.7/"),
    "test-webhook": do(Act.CONNECT),
    "switch-webhook": do(Act.CONNECT),
    "new-secret": do(Act.CONNECT),
    "remove-webhook": do(Act.CONNECT),
    "replay-delivery": do(Act.CONNECT),
    # the API
    "api:schema": Address(EVERYONE),
    "api:docs": Address(EVERYONE),
    "api:me": Address(PEOPLE),
    "api:brands": Address(PEOPLE),
    "api:brand": see(),
    "api:briefs": Address(PEOPLE),
    "api:briefs POST": Address(WRITERS, ("POST",), {"brand": "{brand}"}),
    "api:brief": see(),
    "api:cancel-brief": do(Act.MAKE),
    "api:undo-cancel-brief": do(Act.MAKE),
    "api:retry-brief": do(Act.MAKE),
    "api:move-brief-ahead": do(Act.MAKE),
    "api:reroll": do(Act.MAKE, assets=[1]),
    "api:more-like": do(Act.MAKE, count=1),
    "api:jobs": see(),
    "api:job": see(),
    "api:cancel-job": do(Act.MAKE),
    "api:retry-job": do(Act.MAKE),
    "api:assets": Address(PEOPLE),
    "api:asset": see(),
    "api:versions": see(),
    "api:versions POST": compose(changes=[{"kind": "retype", "id": "headline", "text": "Other words"}]),
    "api:check-changes": compose(changes=[{"kind": "retype", "id": "headline", "text": "Other words"}]),
    "api:restore-version": do(Act.MAKE),
    "api:findings": see(),
    "api:recipe": see(),
    "api:design": see(),
    "api:comments": see(),
    "api:comments POST": do(Act.COMMENT, text="Bolder"),
    "api:comment": see(),
    "api:resolve-comment": do(Act.COMMENT),
    "api:reopen-comment": do(Act.COMMENT),
    "api:late-changes": see(),
    "api:late-changes POST": do(Act.MAKE, field="price", new="¥45"),
    "api:late-change": see(),
    "api:undo-late-change": do(Act.MAKE),
    "api:redo-late-change": do(Act.MAKE),
    "api:webhooks": Address(PEOPLE),
    "api:webhooks POST": do(Act.CONNECT, brand="{brand}", url="https://192.0.2.7/"),
    "api:webhook": see(Act.CONNECT),
    "api:webhook PATCH": do(Act.CONNECT, "PATCH", name="sheet"),
    "api:webhook DELETE": do(Act.CONNECT, "DELETE"),
    "api:new-webhook-secret": do(Act.CONNECT),
    "api:ping-webhook": do(Act.CONNECT),
    "api:deliveries": see(Act.CONNECT),
    "api:replay-delivery": do(Act.CONNECT),
}
