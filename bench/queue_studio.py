"""The studio that bench_queue asks: its brands, its people, who may review for which brand, and their sessions."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from bench.queue_rows import AWAY, BIG, BRANDS, MAKERS, REVIEWERS, Dialect, Planted, SQLite, statements

if TYPE_CHECKING:
    from django.test import Client

EVERY_TENTH = 10  # of the reviewers is a designer


def plant(assets: int) -> tuple[Planted, dict[str, float]]:
    """So many pictures with their past, in an empty database that is migrated. The seconds that each table took."""
    from django.db import connection, transaction

    planted = people(assets)
    say = Dialect() if connection.vendor == "postgresql" else SQLite()
    took: dict[str, float] = {}
    for statement in statements(planted, say):
        began = time.monotonic()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        words = statement.split()
        name = words[2] if words[0] == "INSERT" else words[1]
        took[name] = round(took.get(name, 0.0) + time.monotonic() - began, 1)
    _number_on()
    return planted, took


def people(assets: int) -> Planted:
    from brand_styles.models import Brand, StyleLibrary
    from brand_styles.services import load_sample_brands
    from reviews import rubrics
    from reviews.learning.embedding import default_embedder
    from reviews.learning.features import feature_names, names_hash
    from reviews.models import Ranking
    from studio.models import User

    brands = [Brand.objects.create(slug=f"brand-{n}", name_en=f"Brand {n}", name_zh=f"品牌 {n}") for n in range(BRANDS)]
    kept = [rubrics.current(brand.pk)[0].pk for brand in brands]
    load_sample_brands()
    style = StyleLibrary.objects.filter(brand__slug="demo").latest("version").style
    libraries = [
        StyleLibrary.objects.create(brand=each, version=1, style=style | {"slug": each.slug}).pk for each in brands
    ]
    Ranking.objects.bulk_create(Ranking(brand=brand, newest=assets) for brand in brands)
    users = {
        who: [User.objects.create(username=f"{who}-{n}").pk for n in range(count)]
        for who, count in (("maker", MAKERS), ("reviewer", REVIEWERS), ("away", AWAY))
    }
    _join(users, [brand.pk for brand in brands])
    embedder = default_embedder()
    return Planted(
        assets=assets,
        brand=brands[0].pk,
        library=libraries[0],
        rubric=kept[0],
        maker=users["maker"][0],
        reviewer=users["reviewer"][0],
        away=users["away"][0],
        names_hash=names_hash(feature_names(embedder.dimension)),
        embedder_hash=embedder.sha256,
    )


def _join(users: dict[str, list[int]], brands: list[int]) -> None:
    """A reviewer judges for one big brand and four others."""
    from studio.models import Membership, Role

    rows = [Membership(user_id=pk, brand_id=brand, role=Role.OPERATOR) for pk in users["maker"] for brand in brands]
    rows += [Membership(user_id=pk, brand_id=brand, role=Role.REVIEWER) for pk in users["away"] for brand in brands]
    for n, pk in enumerate(users["reviewer"]):
        role = Role.REVIEWER if n % EVERY_TENTH else Role.DESIGNER
        small = {BIG + (n * 7 + 5 * j) % (BRANDS - BIG) for j in range(4)}
        rows += [Membership(user_id=pk, brand_id=brands[k], role=role) for k in {n % BIG} | small]
    Membership.objects.bulk_create(rows)


def _number_on() -> None:
    """Rows that come next are numbered after the planted ones, and the planner knows what there is."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def sessions(planted: Planted) -> list[str]:
    """The cookie of each reviewer, signed in."""
    from django.test import Client

    from studio.models import User

    keys = []
    for user in User.objects.filter(pk__range=(planted.reviewer, planted.reviewer + REVIEWERS - 1)).order_by("pk"):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        keys.append(client.cookies["sessionid"].value)
    return keys


def is_planted() -> bool:
    from generation.models import Asset

    return Asset.objects.exists()


def found(assets: int) -> Planted:
    """What was planted by a run before."""
    from brand_styles.models import Brand, StyleLibrary
    from reviews.models import RubricVersion
    from studio.models import User

    first = {name: User.objects.get(username=f"{name}-0").pk for name in ("maker", "reviewer", "away")}
    brand = Brand.objects.get(slug="brand-0").pk
    library, rubric = (
        StyleLibrary.objects.get(brand=brand).pk,
        RubricVersion.objects.filter(brand=brand).earliest("pk").pk,
    )
    return Planted(assets=assets, brand=brand, library=library, rubric=rubric, names_hash="", embedder_hash="", **first)


def seated_twice() -> int:
    """Pictures of which one person has two seats, other than to see how steady they are."""
    from django.db.models import Count

    from reviews.models import Item, Seat

    rows = Seat.objects.filter(holder__isnull=False).exclude(item__purpose=Item.Purpose.REPEAT)
    return rows.values("holder", "item__asset").annotate(seats=Count("pk")).filter(seats__gt=1).count()


def tasks() -> dict[str, Callable[[], object]]:
    """What the schedule calls."""
    from reviews import enlisting, queue
    from reviews.learning import describing, ranking, training
    from reviews.learning.embedding import default_embedder

    embedder = default_embedder()
    return {
        "enlist": enlisting.enlist_new,
        "reopen": queue.reopen_expired,
        "pictures without a vector": lambda: describing.undescribed(embedder),
        "scorers due": lambda: [training.is_due(pk) for pk in _brands()],
        "queues due": lambda: [ranking.is_due(pk) for pk in _brands()],
        "one queue ranked": lambda: ranking.rank(_brands()[0]),
        "predictions due": ranking.score_due,
    }


def pages() -> dict[str, Callable[[], object]]:
    from django.test import Client

    from studio.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="reviewer-0"), backend="django.contrib.auth.backends.ModelBackend")
    return {
        path: partial(_opened, client, path)
        for path in ("/review", "/review/queue", "/insight", "/insight?weeks=0", "/")
    }


def _opened(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _brands() -> list[int]:
    from brand_styles.models import Brand

    return list(Brand.objects.filter(slug__startswith="brand-").order_by("pk").values_list("pk", flat=True))
