"""What people said of one brand's pictures, as a learner may use it, and what was left out and why."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Prefetch, QuerySet

from generation.models import Asset
from reviews.feeding import Fed, blamed, concerns
from reviews.models import Item, Review
from reviews.rubric import Preference, Rubric
from reviews.settling import holds, word_of

SAID = (Review.Kind.VERDICT, Review.Kind.ADJUDICATION)
# Why something is left out: key, in words for the page and the docs.
REASONS = {
    "undecided": ("its reviewers are not done, or disagree", "评审未完成或存在分歧"),
    "not_for_it": (
        "only type, layout or technical complaints, which the adapter can't mend",
        "问题仅在文字、版式或技术，适配器无法改善",
    ),
    "minor_fix": ("usable with a minor fix, so no example", "需小改，不作为样本"),
    "rejected": ("rejected, so no example", "被拒绝，不作为样本"),
    "tie": ("neither of the pair was preferred", "成对比较没有分出优劣"),
    "other_version": ("another version of the same scene was judged later", "同一画面的更新版本已被评审"),
    "no_scene": ("made before scenes or layouts were kept", "制作时尚未保留画面或版式"),
    "two_briefs": ("the two pictures are of different briefs", "两张图不属于同一简报"),
    "narrow": ("the scorer is not sure enough of the pair", "评分模型对该组比较把握不足"),
}


@dataclass(frozen=True)
class Candidate:
    """A picture with the word that holds on it: "approved", "minor_fix" or "rejected"."""

    asset: Asset
    verdict: str
    reviews: tuple[int, ...]  # their numbers in the brand's chain

    @property
    def brief(self) -> str:
        return brief_of(self.asset)


@dataclass(frozen=True)
class Preferred:
    """A pair with what people said. margin: None for people's word, else a scorer's."""

    winner: Asset
    loser: Asset
    reviews: tuple[int, ...] = ()
    margin: float | None = None

    @property
    def brief(self) -> str:
        return brief_of(self.winner)


@dataclass
class Gathered:
    """singles and pairs that may be used; left_out: how many by reason; rubrics: digests under which was judged."""

    singles: list[Candidate] = field(default_factory=list)
    pairs: list[Preferred] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    rubrics: set[str] = field(default_factory=set)


def brief_of(asset: Asset) -> str:
    """SHA-256 of what the brief says: equal briefs are one brief, whoever submitted them."""
    return digest_of(asset.job.variant.brief.data)


def digest_of(data: object) -> str:
    """SHA-256 of a brief's validated data."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def gather_singles(brand_id: int, learner: Fed = Fed.ADAPTER) -> Gathered:
    """Single verdicts of one brand. Gold, repeated and gate items don't count, nor what was taken back."""
    found = Gathered()
    latest: dict[str, Candidate] = {}
    for item in _items(brand_id, Item.Kind.SINGLE):
        if not (said := _said(item)):
            continue
        found.rubrics |= {r.rubric.digest for r in said}
        why = _why_not(item, said, learner)
        if why:
            found.left_out[why] += 1
            continue
        candidate = Candidate(item.asset, _holding(item, said), tuple(r.number for r in said))
        scene = item.asset.sources["scene"]
        if scene in latest:
            found.left_out["other_version"] += 1
        if scene not in latest or latest[scene].reviews < candidate.reviews:
            latest[scene] = candidate
    found.singles = sorted(latest.values(), key=lambda c: c.asset.pk)
    return found


def gather_pairs(brand_id: int, learner: Fed = Fed.ADAPTER) -> Gathered:
    """Pairs of one brand that people judged, by the majority of their preferences."""
    found = Gathered()
    for item in _items(brand_id, Item.Kind.PAIR):
        if not (said := _said(item)):
            continue
        found.rubrics |= {r.rubric.digest for r in said}
        assert item.other is not None  # noqa: S101 - a constraint of the table
        if any(not kept(asset) for asset in (item.asset, item.other)):
            found.left_out["no_scene"] += 1
        elif brief_of(item.asset) != brief_of(item.other):
            found.left_out["two_briefs"] += 1
        elif not _taught(said, learner):
            found.left_out["not_for_it"] += 1
        elif (pair := _preferred(item, said)) is None:
            found.left_out["tie"] += 1
        else:
            found.pairs.append(pair)
    return found


def kept(asset: Asset) -> bool:
    """Whether the picture's scene and what it was drawn from are still there to learn from."""
    return "scene" in asset.sources and {"scene", "layout"} <= asset.recipe.keys()


def _items(brand_id: int, kind: str) -> QuerySet[Item]:
    reviews = Review.objects.filter(kind__in=SAID, undone_by=None).select_related("rubric").order_by("number")
    rows = Item.objects.filter(brand_id=brand_id, kind=kind, purpose=Item.Purpose.LABEL).order_by("pk")
    rows = rows.select_related("asset__job__variant__brief", "other__job__variant__brief")
    heavy = [f"{side}__{name}" for side in ("asset", "other") for name in ("design", "report", "timings")]
    return rows.defer(*heavy).prefetch_related(Prefetch("reviews", queryset=reviews, to_attr="said"))


def _said(item: Any) -> list[Review]:
    said: list[Review] = item.said
    decided = [r for r in said if r.kind == Review.Kind.ADJUDICATION]
    return decided[-1:] or said


def _why_not(item: Item, said: Sequence[Review], learner: Fed) -> str:
    if _holding(item, said) not in ("approved", "minor_fix", "rejected"):
        return "undecided"
    if not kept(item.asset):
        return "no_scene"
    complained = [r for r in said if r.verdict != "approve"]
    return "not_for_it" if complained and not _taught(complained, learner) else ""


def _holding(item: Item, said: Sequence[Review]) -> str:
    """The word that holds, as the standing has it (reviews.settling)."""
    decided = said[-1].kind == Review.Kind.ADJUDICATION
    words = [word_of(r) for r in said]
    return str(holds(words, 1 if decided else item.overlap, unanimous=item.four_eyes).value)


def _taught(said: Iterable[Review], learner: Fed) -> bool:
    """Whether one of these reviews has something to tell the learner."""
    return any(concerns(learner, blamed(r.scores, r.defects, _rubric(r))) for r in said)


def _rubric(review: Review) -> Rubric:
    return _read(review.rubric.digest, json.dumps(review.rubric.content))


@lru_cache(maxsize=64)
def _read(digest: str, content: str) -> Rubric:
    return Rubric.model_validate_json(content)


def _preferred(item: Item, said: Sequence[Review]) -> Preferred | None:
    votes = Counter(r.verdict for r in said)
    a, b = votes[Preference.A], votes[Preference.B]
    if a == b or max(a, b) * 2 <= len(said):
        return None
    assert item.other is not None  # noqa: S101
    winner, loser = (item.asset, item.other) if a > b else (item.other, item.asset)
    return Preferred(winner, loser, tuple(r.number for r in said))
