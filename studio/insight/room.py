"""Everything the room shows of some brands in some time, to somebody who may see it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from brand_styles.models import Brand
from brand_styles.words import Words
from generation.models import Asset
from reviews.models import Review, RubricVersion
from reviews.rubric import Rubric, studio_rubric
from reviews.said import MOST, Said, said_of
from reviews.statistics import Reach, acts_in, compute_of, decided_in, held_back_in, hours_by_week, preflight_rates
from studio.access import Act, brands_of
from studio.insight.charts import Chart, Reader
from studio.insight.costs import compute_chart, hours_chart, preflight_chart
from studio.insight.people import agreement_charts, dimension_names, moved_chart, reviewer_charts
from studio.insight.usable import defect_chart, usable_charts
from studio.models import User


@dataclass(frozen=True)
class Group:
    """Charts that belong together. `key` of its heading."""

    key: str
    charts: tuple[Chart, ...]


def groups_of(user: User, brands: Sequence[Brand], reach: Reach, reader: Reader) -> list[Group]:
    """`reach` is of `brands`, each of which the user may review."""
    decided, said = decided_in(reach), said_of(reach.brand_ids, reach.since, reach.until)
    rubrics = rubrics_of(reach.brand_ids)
    names = dimension_names(rubrics, reader)
    called = {brand.pk: Words(en=brand.name_en, zh=brand.name_zh) for brand in brands}
    usable = [*usable_charts(decided, called, reader), defect_chart(decided, rubrics, reader)]
    agreeing = [*agreement_charts(said, names, reader), moved_chart(said, names, reader)]
    costs = [
        hours_chart(hours_by_week(acts_in(reach)), reader),
        compute_chart(compute_of(decided, held_back_in(reach)), reader),
        preflight_chart(preflight_rates(reach), reader),
    ]
    people = reviewer_charts(said, shown_to(user, reach.brand_ids, said, reader), reader)
    found = {"usable": usable, "agreement": agreeing, "costs": costs, "people": people}
    return [Group(key, tuple(charts)) for key, charts in found.items()]


def leaves_out(reach: Reach) -> bool:
    """Whether more was said, or made, in that time than is counted: the newest MOST of each."""
    said = Review.objects.filter(brand_id__in=reach.brand_ids, **reach.within("created_at"))
    made = Asset.objects.filter(
        job__variant__brief__library__brand_id__in=reach.brand_ids,
        verdict="blocked",
        is_head=True,
        **reach.within("created_at"),
    )
    return any(rows.values_list("pk", flat=True)[MOST : MOST + 1] for rows in (said, made))


def rubrics_of(brand_ids: Collection[int]) -> list[Rubric]:
    """Every rubric the brands ever used, the studio's of today last, so that its words win."""
    rows = RubricVersion.objects.filter(brand_id__in=brand_ids).order_by("pk").values_list("content", flat=True)
    return [*(Rubric.model_validate(content) for content in rows), studio_rubric()]


def designs_all(user: User, brand_ids: Collection[int]) -> bool:
    """Whether they answer for how all of these brands are reviewed, as their designer or owner."""
    theirs = set(brands_of(user, Act.EDIT_BRAND).values_list("pk", flat=True))
    return set(brand_ids) <= theirs


def shown_to(user: User, brand_ids: Collection[int], said: Sequence[Said], reader: Reader) -> Mapping[int, str]:
    """Names of the reviewers whose own figures this person sees: all for who designs all of the brands, else their own."""
    if not designs_all(user, brand_ids):
        return {user.pk: reader.say("you")}
    rows = User.objects.filter(pk__in={each.reviewer for each in said})
    return {row.pk: row.get_full_name() or row.get_username() for row in rows}
