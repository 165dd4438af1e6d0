"""Taking back what designers do in the review room. Each needs the rights that doing it needed."""

from __future__ import annotations

from typing import Any

from reviews import policy, rubrics
from reviews.assigning import Before, put_back
from reviews.calibrating import restore_gold, retire_gold
from reviews.models import Item
from reviews.rubric import Defect, Dimension
from reviews.services import undo as take_back
from studio.access import Act, access_brand_by_slug, access_item_by_id
from studio.models import User

Own = tuple[tuple[Dimension, ...], tuple[Defect, ...]]


def as_kept(own: Own) -> dict[str, list[Any]]:
    """A brand's own dimensions and defects, for an offer to go back to them."""
    return {
        "dimensions": [each.model_dump(mode="json") for each in own[0]],
        "defects": [each.model_dump(mode="json") for each in own[1]],
    }


def _rubric(user: User, what: dict[str, Any]) -> None:
    """What the brand had added before, as one more version: what was judged meanwhile keeps its own."""
    brand = access_brand_by_slug(user, what["args"][0], Act.EDIT_BRAND)
    dimensions = [Dimension.model_validate(each) for each in what["dimensions"]]
    defects = [Defect.model_validate(each) for each in what["defects"]]
    rubrics.extend(brand_id=brand.pk, dimensions=dimensions, defects=defects, made_by_id=user.pk)


def _policy(user: User, what: dict[str, Any]) -> None:
    brand = access_brand_by_slug(user, what["args"][0], Act.EDIT_BRAND)
    policy.change(brand_id=brand.pk, **what["was"])


def _assigned(user: User, what: dict[str, Any]) -> None:
    brand = access_brand_by_slug(user, what["brand"], Act.EDIT_BRAND)
    before = [Before(**each) for each in what["before"]]
    here = set(Item.objects.filter(brand=brand, pk__in=[b.item for b in before]).values_list("pk", flat=True))
    put_back([each for each in before if each.item in here])


def _decided(user: User, what: dict[str, Any]) -> None:
    access_brand_by_slug(user, what["brand"], Act.EDIT_BRAND)
    take_back(review_id=what["review"], reviewer_id=user.pk)


def _gold_kept(user: User, what: dict[str, Any]) -> None:
    retire_gold(item=access_item_by_id(user, what["item"], Act.EDIT_BRAND))


def _gold_retired(user: User, what: dict[str, Any]) -> None:
    restore_gold(item=access_item_by_id(user, what["item"], Act.EDIT_BRAND))


OF_REVIEWS = {
    "assigned": _assigned,
    "decided": _decided,
    "policy": _policy,
    "rubric": _rubric,
    "gold-kept": _gold_kept,
    "gold-retired": _gold_retired,
}
