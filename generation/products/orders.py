"""Orders for drawn elements: written by a page, claimed by a worker, kept in the brand's library one by one.

As with jobs, every change is `filter(what must hold).update(what shall hold)`, and the count says who won. An order that a worker
dropped is taken up where it stopped: the elements it has made are not made again.
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from django.db.models import QuerySet
from django.utils import timezone

from brand_styles.elements import keep_element
from brand_styles.models import Brand
from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation import claims
from generation.claims import UNCLAIMED, failure
from generation.errors import GenerationError, PermanentError
from generation.models import ElementOrder, Status
from generation.products.elements import MOST, ElementRecipe, draw, palettes_of, recipes_for
from generation.products.pixels import Rgba

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=180)  # for one element, on a busy machine
MOST_WAITING = 12  # orders of one person


def order_elements(*, brand: Brand, owner_id: int, concept: str, count: int) -> ElementOrder:
    """Ask for `count` (1 to 12) elements of a concept or object kind. PermanentError, in words, where that cannot be."""
    kind = kind_for(concept)
    if not 1 <= count <= MOST:
        raise PermanentError(f"Ask for 1 to {MOST} elements at once.", f"每次可制作 1 到 {MOST} 个。", field="count")
    waiting = ElementOrder.objects.filter(owner_id=owner_id, status__in=(Status.QUEUED, Status.RUNNING)).count()
    if waiting >= MOST_WAITING:
        raise PermanentError(
            "Enough elements wait already. Let some finish first.",
            "等待制作的元素已经很多，请先等部分完成。",
            field="count",
        )
    before = ElementOrder.objects.filter(brand=brand, kind=kind).count()
    return ElementOrder.objects.create(brand=brand, owner_id=owner_id, kind=kind, count=count, seed=before + 1)


def kind_for(concept: str) -> str:
    """The object kind that shows a concept: a kind's own slug, or the first drawable kind of a concept of the lexicon."""
    from generation.planning.concepts import by_name
    from generation.planning.drawables import drawn, kind_slugs
    from generation.scenes.objects import nearest

    name = concept.strip()
    if name in kind_slugs():
        return name
    found = by_name(name) if name else None
    if found is not None and (kinds := drawn(found.id).kinds):
        return kinds[0]
    near = nearest(name[:80], 3) if name else ["coin", "red-envelope", "gift-box"]
    raise PermanentError(
        f"Nothing called “{name[:40]}” can be drawn. The nearest are: {', '.join(near)}.",
        f"没有可绘制的“{name[:40]}”。最接近的有：{'、'.join(near)}。",
        field="concept",
    )


def waiting_now() -> int:
    return ElementOrder.objects.filter(status=Status.QUEUED).count()


def release_expired() -> int:
    return claims.release_expired(ElementOrder.objects.all(), GAVE_UP)


def make_next() -> bool:
    """Claim the oldest waiting order and draw it. False when none waits. What goes wrong ends up on the order, in words."""
    mine = claims.take_first(ElementOrder.objects.filter(status=Status.QUEUED).order_by("id"), LEASE)
    if mine is None:
        return False
    order = mine.select_related("brand").first()
    if order is not None:
        _make(order, mine)
    return True


def _make(order: ElementOrder, mine: QuerySet[ElementOrder]) -> None:
    try:
        for number, recipe in enumerate(_recipes(order)[order.made :], start=order.made + 1):
            pixels = draw(recipe)
            if not mine.update(made=number, lease_until=timezone.now() + LEASE):
                return
            _keep(order, recipe, pixels)
        mine.update(status=Status.FINISHED, **UNCLAIMED)
    except GenerationError as error:
        mine.update(**failure(error.words))
    except Exception:  # the person sees a sentence, the log the whole story
        log.exception("elements.failed", order=order.pk)
        mine.update(**failure(GAVE_UP))


def _recipes(order: ElementOrder) -> list[ElementRecipe]:
    library = order.brand.libraries.order_by("-version").first()
    if library is None:
        raise PermanentError("This brand has no published style.", "该品牌尚未发布风格库。", field="brand")
    style = BrandStyle.model_validate(library.style)
    return recipes_for(order.kind, palettes_of(style, order.kind), count=order.count, seed=order.seed)


def _keep(order: ElementOrder, recipe: ElementRecipe, pixels: Rgba) -> None:
    from generation.scenes.props import catalogue

    name = catalogue()[recipe.kind].name
    keep_element(
        brand=order.brand,
        slug=recipe.kind,
        name=name,
        source="drawn",
        pixels=pixels,
        recipe=recipe.model_dump(mode="json"),
    )


GAVE_UP = Words(
    en="These elements could not be drawn; the log of the worker has the details. Ask for them again, or tell whoever runs the studio.",
    zh="这些元素未能绘制完成，详情见工作进程日志。请重新制作，或告知管理员。",
)
