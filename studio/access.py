"""Who may do what, and one door for each kind of object whose id comes from a person.

A stranger learns nothing: for them the object does not exist (404). A member whose role does not reach as far is told so (403).
Whoever asks is a `User` at a page, or a `Principal`: a person seen through an API token, which narrows what they may do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from brand_styles.models import Brand, BrandElement
from brand_styles.words import Words
from generation.models import Asset, Brief, CutOut, Job, LateChange
from generation.products.cutouts import within_reach
from reviews.models import Gate, Item, LearnerVersion
from studio.models import ClientLink, Comment, Delivery, Invite, Membership, Role, User, Webhook

Row = TypeVar("Row", bound=Model)


class Act(StrEnum):
    """What somebody may do for a brand."""

    VIEW = "view"  # see briefs, pictures, elements, the brand
    COMMENT = "comment"  # write and resolve comments
    REVIEW = "review"  # judge pictures
    MAKE = "make"  # submit, cancel, retry, edit and remake; draw elements, cut out photos
    SHARE = "share"  # make and end client links
    EDIT_BRAND = "edit_brand"  # draft the brand's style
    CONNECT = "connect"  # webhooks: which addresses are told what happens in the brand
    PUBLISH = "publish"  # publish the brand's style, deliver pictures
    MANAGE = "manage"  # the brand's people and quotas


_REVIEWING = frozenset({Act.VIEW, Act.COMMENT, Act.REVIEW})
_MAKING = frozenset({Act.VIEW, Act.COMMENT, Act.MAKE, Act.SHARE})
ACTS: dict[Role, frozenset[Act]] = {
    Role.VIEWER: frozenset({Act.VIEW}),
    Role.REVIEWER: _REVIEWING,
    Role.OPERATOR: _MAKING,
    Role.DESIGNER: _MAKING | _REVIEWING | {Act.EDIT_BRAND, Act.CONNECT},
    Role.OWNER: frozenset(Act),
}


class Scope(StrEnum):
    """What a token was made for."""

    READ = "read"
    MAKE = "make"
    REVIEW = "review"
    PUBLISH = "publish"
    ADMIN = "admin"


SCOPES: dict[Scope, frozenset[Act]] = {
    Scope.READ: frozenset({Act.VIEW}),
    Scope.MAKE: _MAKING,
    Scope.REVIEW: _REVIEWING,
    Scope.PUBLISH: frozenset({Act.VIEW, Act.PUBLISH}),
    Scope.ADMIN: frozenset({Act.VIEW, Act.EDIT_BRAND, Act.CONNECT, Act.MANAGE}),
}

NEEDS: dict[Act, Words] = {
    Act.VIEW: Words(en="look at this", zh="查看"),
    Act.COMMENT: Words(en="comment here", zh="在此评论"),
    Act.REVIEW: Words(en="review pictures", zh="评审图片"),
    Act.MAKE: Words(en="make or change pictures", zh="制作或修改图片"),
    Act.SHARE: Words(en="share pictures with clients", zh="向客户分享图片"),
    Act.EDIT_BRAND: Words(en="change the brand's style", zh="修改品牌风格"),
    Act.CONNECT: Words(en="connect webhooks", zh="管理 Webhook"),
    Act.PUBLISH: Words(en="publish", zh="发布"),
    Act.MANAGE: Words(en="manage people and settings", zh="管理成员与设置"),
}


class NotAllowed(PermissionDenied):
    """A member asks for more than their role or token reaches. `words` are for the page and the API."""

    def __init__(self, act: Act, words: Words | None = None) -> None:
        needs = NEEDS[act]
        self.act = act
        self.words = words or Words(
            en=f"Your role for this brand does not let you {needs.en}. Ask an owner of the brand.",
            zh=f"你在该品牌的角色不能{needs.zh}，请联系品牌所有者。",
        )
        super().__init__(self.words.en)


@dataclass(frozen=True)
class Principal:
    """A person as a request shows them. `scopes` None: signed in by hand, all that the roles reach. `brand_ids` None: every brand."""

    user: User
    scopes: frozenset[Scope] | None = None
    brand_ids: frozenset[int] | None = None

    def reaches(self, act: Act) -> bool:
        return self.scopes is None or any(act in SCOPES[scope] for scope in self.scopes)


Who = User | Principal


def principal(who: Who) -> Principal:
    return who if isinstance(who, Principal) else Principal(who)


def person(request: HttpRequest) -> User:
    """Who asks. For views behind a login."""
    if isinstance(request.user, AnonymousUser):
        raise Http404
    return request.user


def roles_with(act: Act) -> list[Role]:
    return [role for role, acts in ACTS.items() if act in acts]


def brands_of(who: Who, act: Act = Act.VIEW) -> QuerySet[Brand]:
    """The brands for which they may do `act`, by slug."""
    asks = principal(who)
    member = Membership.objects.filter(user=asks.user, role__in=roles_with(act))
    if not asks.reaches(act):
        member = member.none()
    if asks.brand_ids is not None:
        member = member.filter(brand_id__in=asks.brand_ids)
    return Brand.objects.filter(id__in=member.values("brand")).order_by("slug")


def brands_to_write_for(who: Who) -> QuerySet[Brand]:
    """The brands they may write briefs for: one without a published style has nothing to be set in yet."""
    return brands_of(who, Act.MAKE).filter(libraries__isnull=False).distinct()


def may_start_brands(user: User) -> bool:
    """Whoever runs the studio, and whoever drafts the style of some brand already."""
    return user.is_staff or brands_of(user, Act.EDIT_BRAND).exists()


def require_may_start(user: User) -> None:
    if not may_start_brands(user):
        raise NotAllowed(Act.EDIT_BRAND, STARTERS_ONLY)


def may(who: Who, brand: Brand | int, act: Act) -> bool:
    """Whether they may do `act` for the brand (or its id)."""
    return brands_of(who, act).filter(id=brand if isinstance(brand, int) else brand.pk).exists()


def require(who: Who, brand: Brand | int, act: Act) -> None:
    """NotAllowed where a member may not do `act` for the brand; for what no door leads to. The doors call it themselves."""
    if act is not Act.VIEW and not may(who, brand, act):
        asks = principal(who)
        narrow = asks.reaches(act)
        raise NotAllowed(act, None if narrow else _beyond(asks))


def _beyond(asks: Principal) -> Words:
    scopes = ", ".join(sorted(asks.scopes or ()))
    return Words(
        en=f"This token's scopes ({scopes}) do not reach that far. Make one with the scope it needs.",
        zh=f"该令牌的权限范围（{scopes}）不够，请新建一个具备所需权限的令牌。",
    )


def may_somewhere(who: Who, act: Act) -> bool:
    """Whether they may do `act` for any of their brands. Who has no brand at all may try: the page tells them where to turn."""
    return brands_of(who, act).exists() or not brands_of(who).exists()


def require_somewhere(who: Who, act: Act) -> None:
    """NotAllowed where somebody works for brands, but may do `act` for none of them."""
    if not may_somewhere(who, act):
        raise NotAllowed(act)


def briefs_of(who: Who) -> QuerySet[Brief]:
    """Every brief of those brands, newest first."""
    rows = Brief.objects.filter(library__brand__in=brands_of(who))
    return rows.select_related("library__brand", "campaign", "owner").order_by("-id")


def access_brief_by_id(who: Who, brief_id: int, act: Act = Act.VIEW) -> Brief:
    row = _only(briefs_of(who).filter(id=brief_id))
    require(who, row.library.brand, act)
    return row


def access_job_by_id(who: Who, job_id: int, act: Act = Act.VIEW) -> Job:
    rows = Job.objects.filter(id=job_id, variant__brief__library__brand__in=brands_of(who))
    row = _only(rows.select_related("variant__brief__library__brand"))
    require(who, row.variant.brief.library.brand, act)
    return row


def access_asset_by_id(who: Who, asset_id: int, act: Act = Act.VIEW) -> Asset:
    rows = Asset.objects.filter(id=asset_id, job__variant__brief__library__brand__in=brands_of(who))
    row = _only(rows.select_related("job__variant__brief__library__brand"))
    require(who, row.job.variant.brief.library.brand, act)
    return row


def access_item_by_id(who: Who, item_id: int, act: Act = Act.VIEW) -> Item:
    """Something to be judged, with its picture and brief."""
    rows = Item.objects.filter(id=item_id, brand__in=brands_of(who))
    row = _only(rows.select_related("brand", "asset__job__variant__brief__library"))
    require(who, row.brand, act)
    return row


def access_version_by_id(who: Who, version_id: int, act: Act = Act.VIEW) -> LearnerVersion:
    """A training of one of the brand's learners."""
    rows = LearnerVersion.objects.filter(id=version_id, learner__brand__in=brands_of(who))
    row = _only(rows.select_related("learner__brand", "dataset"))
    require(who, row.learner.brand, act)
    return row


def access_gate_by_id(who: Who, gate_id: int, act: Act = Act.VIEW) -> Gate:
    rows = Gate.objects.filter(id=gate_id, version__learner__brand__in=brands_of(who))
    row = _only(rows.select_related("version__learner__brand"))
    require(who, row.version.learner.brand, act)
    return row


def access_comment_by_id(who: Who, comment_id: int, act: Act = Act.VIEW) -> Comment:
    rows = Comment.objects.filter(id=comment_id, asset__job__variant__brief__library__brand__in=brands_of(who))
    row = _only(rows.select_related("asset__job__variant__brief__library__brand", "author", "link"))
    require(who, row.asset.job.variant.brief.library.brand, act)
    return row


def access_late_change_by_id(who: Who, change_id: int, act: Act = Act.VIEW) -> LateChange:
    rows = LateChange.objects.filter(id=change_id, brief__library__brand__in=brands_of(who))
    row = _only(rows.select_related("brief__library__brand", "owner"))
    require(who, row.brief.library.brand, act)
    return row


def access_webhook_by_id(who: Who, webhook_id: int, act: Act = Act.CONNECT) -> Webhook:
    rows = Webhook.objects.filter(id=webhook_id, brand__in=brands_of(who))
    row = _only(rows.select_related("brand", "made_by"))
    require(who, row.brand, act)
    return row


def access_delivery_by_id(who: Who, delivery_id: int, act: Act = Act.CONNECT) -> Delivery:
    rows = Delivery.objects.filter(id=delivery_id, webhook__brand__in=brands_of(who))
    row = _only(rows.select_related("webhook__brand"))
    require(who, row.webhook.brand, act)
    return row


def access_cut_out_by_id(who: Who, cut_out_id: int, act: Act = Act.VIEW) -> CutOut:
    """Also one that was discarded just now, so that discarding can be taken back."""
    row = _only(within_reach().filter(id=cut_out_id, brand__in=brands_of(who)).select_related("brand", "element"))
    require(who, row.brand, act)
    return row


def access_element_by_id(who: Who, element_id: int, act: Act = Act.VIEW) -> BrandElement:
    """Also one that was removed, so that removing can be taken back."""
    row = _only(BrandElement.objects.filter(id=element_id, brand__in=brands_of(who)).select_related("brand"))
    require(who, row.brand, act)
    return row


def access_brand_by_slug(who: Who, slug: str, act: Act = Act.VIEW) -> Brand:
    row = _only(brands_of(who).filter(slug=slug))
    require(who, row, act)
    return row


def managed_brands(user: User) -> QuerySet[Brand]:
    """The brands whose people and quotas they may change: those they own, and every one for whoever runs the studio."""
    return Brand.objects.order_by("slug") if user.is_staff else brands_of(user, Act.MANAGE)


def access_managed_brand(user: User, slug: str) -> Brand:
    row = Brand.objects.filter(slug=slug).first()
    if row is None or not (user.is_staff or may(user, row, Act.VIEW)):
        raise Http404
    _require_manager(user, row.pk)
    return row


def access_member_by_id(user: User, member_id: int) -> Membership:
    """For changing it."""
    rows = Membership.objects.select_related("user", "brand")
    row = _only(rows.filter(id=member_id) if user.is_staff else rows.filter(id=member_id, brand__in=brands_of(user)))
    _require_manager(user, row.brand_id)
    return row


def access_invite_by_id(user: User, invite_id: int) -> Invite:
    """An invitation into a brand, for withdrawing it."""
    rows = Invite.objects.filter(id=invite_id, brand__isnull=False).select_related("brand")
    row = _only(rows if user.is_staff else rows.filter(brand__in=brands_of(user)))
    _require_manager(user, row.brand_id or 0)
    return row


def access_person_by_id(user: User, person_id: int) -> User:
    """Somebody else whom they may give a new password or shut out (see may_answer_for).

    Never oneself: a link to a new password would spare whoever finds an open browser the old one.
    """
    together = Membership.objects.filter(brand__in=brands_of(user)).values("user")
    rows = User.objects.filter(id=person_id)
    row = _only(rows if user.is_staff else rows.filter(id__in=together))
    if row == user:
        raise NotAllowed(Act.MANAGE, NOT_YOURSELF)
    if not may_answer_for(user, row):
        manages = managed_brands(user).filter(memberships__user=row).exists()
        raise NotAllowed(Act.MANAGE, BEYOND_BRAND if manages else None)
    return row


def access_link_by_id(who: Who, link_id: int, act: Act = Act.SHARE) -> ClientLink:
    rows = ClientLink.objects.filter(id=link_id, brief__library__brand__in=brands_of(who))
    row = _only(rows.select_related("brief__library__brand"))
    require(who, row.brief.library.brand, act)
    return row


def require_staff(user: User) -> None:
    """NotAllowed for everybody but those who run the studio."""
    if not user.is_staff:
        raise NotAllowed(Act.MANAGE, STAFF_ONLY)


BEYOND_BRAND = Words(
    en="This person also works for brands that are not yours, or runs the studio. Ask whoever runs the studio.",
    zh="此人还为其他品牌工作，或是工坊管理员。请联系工坊管理员处理。",
)
NOT_YOURSELF = Words(
    en="This is you. Change your password under My account; to be shut out, ask another owner.",
    zh="这是你本人。请在“我的账户”中修改密码；如需停用，请联系其他所有者。",
)
STAFF_ONLY = Words(
    en="Only whoever runs the studio may do this. Ask them.", zh="只有工坊管理员可以执行此操作，请联系管理员。"
)

STARTERS_ONLY = Words(
    en="Whoever runs the studio, and designers and owners of brands, start new brands. Ask one of them.",
    zh="新建品牌由工坊管理员或品牌的设计师、所有者进行，请联系他们。",
)


def _require_manager(user: User, brand_id: int) -> None:
    if not user.is_staff:
        require(user, brand_id, Act.MANAGE)


def may_answer_for(user: User, other: User) -> bool:
    """Whether `user` may give `other` a new password or shut them out.

    Whoever runs the studio may; an owner may where the other works for nobody else, or a link would open other brands' doors.
    """
    if user.is_staff:
        return True
    theirs = Membership.objects.filter(user=other)
    return not other.is_staff and theirs.exists() and not theirs.exclude(brand__in=brands_of(user, Act.MANAGE)).exists()


def assets_by_ids(who: Who, asset_ids: Iterable[int]) -> QuerySet[Asset]:
    """Those of the ids that they may see; the others are as good as not there."""
    return Asset.objects.filter(id__in=list(asset_ids), job__variant__brief__library__brand__in=brands_of(who))


def _only(rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise Http404
    return row
