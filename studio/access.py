"""One door for each kind of object whose id comes from a person. A stranger learns nothing: for them it does not exist."""

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from brand_styles.models import Brand, BrandElement
from generation.models import Asset, Brief, CutOut, Job
from studio.models import User

Row = TypeVar("Row", bound=Model)


def person(request: HttpRequest) -> User:
    """Who asks. For views behind a login."""
    if isinstance(request.user, AnonymousUser):
        raise Http404
    return request.user


def brands_of(user: User) -> QuerySet[Brand]:
    """The brands this person may work for, by slug."""
    return Brand.objects.filter(memberships__user=user).order_by("slug")


def briefs_of(user: User) -> QuerySet[Brief]:
    """Every brief of those brands, newest first."""
    rows = Brief.objects.filter(library__brand__memberships__user=user)
    return rows.select_related("library__brand", "campaign", "owner").order_by("-id")


def access_brief_by_id(user: User, brief_id: int) -> Brief:
    return _only(briefs_of(user).filter(id=brief_id))


def access_job_by_id(user: User, job_id: int) -> Job:
    rows = Job.objects.filter(id=job_id, variant__brief__library__brand__memberships__user=user)
    return _only(rows.select_related("variant__brief"))


def access_asset_by_id(user: User, asset_id: int) -> Asset:
    rows = Asset.objects.filter(id=asset_id, job__variant__brief__library__brand__memberships__user=user)
    return _only(rows.select_related("job__variant__brief__library__brand"))


def access_cut_out_by_id(user: User, cut_out_id: int) -> CutOut:
    rows = CutOut.objects.filter(id=cut_out_id, brand__memberships__user=user)
    return _only(rows.select_related("brand", "element"))


def access_element_by_id(user: User, element_id: int) -> BrandElement:
    """Also one that was removed, so that removing can be taken back."""
    return _only(BrandElement.objects.filter(id=element_id, brand__memberships__user=user).select_related("brand"))


def access_brand_by_slug(user: User, slug: str) -> Brand:
    return _only(brands_of(user).filter(slug=slug))


def _only(rows: QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise Http404
    return row
