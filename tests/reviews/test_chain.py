"""Whoever changes, removes or adds a row of what was said is found out."""

import threading
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from brand_styles.models import Brand
from reviews import chain, rubrics
from reviews.models import Chain, Item, Review
from studio.models import User
from tests.reviews.conftest import Say


def verify(*args: str) -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify_audit", *args, stdout=out, stderr=err)
    return int(left.value.code or 0), out.getvalue() + err.getvalue()


@pytest.fixture
def two(waiting: list[Item], lin: User, mei: User, say: Say) -> list[Review]:
    return [say(lin, "approve"), say(mei, "reject")]


def test_an_untouched_chain_is_whole(two: list[Review]) -> None:
    status, said = verify("--brand", "demo")
    assert status == 0 and f"demo: whole, 2:{two[1].hash}" in said


def test_a_changed_row_is_found(two: list[Review]) -> None:
    Review.objects.filter(pk=two[0].pk).update(verdict="reject")
    status, said = verify()
    assert status == 1 and "review 1 was changed" in said


def test_a_changed_row_with_its_hash_made_anew_is_found(two: list[Review]) -> None:
    row = Review.objects.get(pk=two[0].pk)
    row.verdict = "reject"
    Review.objects.filter(pk=row.pk).update(
        verdict="reject", hash=chain.digest(row.previous_hash, chain.content_of(row))
    )
    status, said = verify()
    assert status == 1 and "review 2 does not follow" in said


def test_a_row_left_out_is_found(two: list[Review]) -> None:
    Review.objects.filter(pk=two[0].pk).delete()
    assert verify()[0] == 1


def test_a_cut_off_end_is_found(two: list[Review]) -> None:
    Review.objects.filter(pk=two[1].pk).delete()
    status, said = verify()
    assert status == 1 and "2 rows were written, 1 are there" in said


def test_a_cut_off_end_with_the_chain_made_to_fit_is_found_by_who_kept_the_hash(two: list[Review]) -> None:
    kept = f"2:{two[1].hash}"
    Review.objects.filter(pk=two[1].pk).delete()
    Chain.objects.update(length=1, hash=two[0].hash)
    assert verify("--brand", "demo")[0] == 0
    assert verify("--brand", "demo", "--expect", kept)[0] == 1


def test_bad_input_is_told(two: list[Review]) -> None:
    assert verify("--brand", "nobody")[0] == 2
    assert verify("--expect", "2:x")[0] == 2


@pytest.mark.django_db(transaction=True)
def test_many_who_write_at_once_make_one_chain(waiting: list[Item]) -> None:
    item, maker = waiting[0], waiting[0].maker
    version, _ = rubrics.current(item.brand_id)

    def write() -> None:
        try:
            for _ in range(5):
                chain.append(
                    Review(
                        brand_id=item.brand_id,
                        kind="skip",
                        item=item,
                        reviewer=maker,
                        rubric=version,
                        reason="other",
                        created_at=timezone.now(),
                    )
                )
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Brand.objects.get(pk=item.brand_id).review_chain.length == 30
    assert list(chain.breaks_of(item.brand_id)) == []
