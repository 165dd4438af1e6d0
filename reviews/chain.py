"""The chain of a brand's reviews: each row's hash covers the row and the hash before it, so that no row can be changed, left out or
put in between without every later hash telling.

Cutting off the end leaves a chain that is whole in itself: keep `Chain.hash` and its length elsewhere, `verify_audit` compares.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.db import transaction

from reviews.models import Chain, Review

NAMED = ("brand", "item", "reviewer", "rubric", "undoes")


def digest(previous: str, content: dict[str, Any]) -> str:
    """SHA-256, hex, of the previous hash and the content as canonical JSON (keys sorted, no spaces, UTF-8)."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def content_of(review: Review) -> dict[str, Any]:
    """Everything of a row that its hash covers."""
    return {
        "brand": review.brand_id,
        "number": review.number,
        "kind": review.kind,
        "item": review.item_id,
        "reviewer": review.reviewer_id,
        "verdict": review.verdict,
        "scores": review.scores,
        "defects": review.defects,
        "comment": review.comment,
        "reason": review.reason,
        "rubric": review.rubric_id,
        "seconds": review.seconds,
        "undoes": review.undoes_id,
        "at": review.created_at.astimezone(UTC).isoformat(timespec="microseconds"),
    }


def append(review: Review) -> Review:
    """Write `review` at the end of its brand's chain. Whoever is slower tries again behind the faster one.

    Its own fields are checked; that what it names is there, and that its place and hash are its own, the database checks as it is
    written: a look-up for each would hold up everybody who waits for the end of the chain.
    """
    while True:
        with transaction.atomic(savepoint=False):
            end = Chain.objects.filter(brand_id=review.brand_id).first() or _begun(review.brand_id)
            review.number, review.previous_hash = end.length + 1, end.hash
            review.hash = digest(end.hash, content_of(review))
            mine = Chain.objects.filter(brand_id=review.brand_id, length=end.length)
            if mine.update(length=review.number, hash=review.hash):
                review.full_clean(exclude=NAMED, validate_unique=False, validate_constraints=False)
                review.save(force_insert=True)
                return review


def _begun(brand_id: int) -> Chain:
    return Chain.objects.get_or_create(brand_id=brand_id)[0]


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold. `number`: the row's, or the one that is missing."""

    number: int
    what: str


def breaks_of(brand_id: int) -> Iterator[Break]:
    """Every place at which the chain of a brand does not hold, first to last."""
    previous, expected = "", 1
    for review in Review.objects.filter(brand_id=brand_id).order_by("number").iterator(chunk_size=2000):
        if review.number != expected:
            yield Break(expected, "missing")
        elif review.previous_hash != previous:
            yield Break(review.number, "does not follow from the row before it")
        if review.hash != digest(review.previous_hash, content_of(review)):
            yield Break(review.number, "was changed after it was written")
        previous, expected = review.hash, review.number + 1
    end = Chain.objects.filter(brand_id=brand_id).first()
    length, last = (end.length, end.hash) if end else (0, "")
    if length != expected - 1:
        yield Break(expected, f"{length} rows were written, {expected - 1} are there")
    elif last != previous:
        yield Break(length, "is not the row that was written last")


def digest_at(brand_id: int, number: int) -> str:
    """The hash of the row at that place; empty where there is none."""
    row = Review.objects.filter(brand_id=brand_id, number=number).only("hash").first()
    return row.hash if row else ""
