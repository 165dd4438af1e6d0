"""An empty database is prepared by whichever command comes first: tables, then the sample brand."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = 0x5645524D  # "VERM"

# These describe or write code, or prepare the database themselves.
WITHOUT_DATABASE = {
    "help",
    "--help",
    "-h",
    "version",
    "--version",
    "check",
    "makemigrations",
    "migrate",
    "collectstatic",
}


def prepare_for(argv: list[str]) -> None:
    """Prepare the database for the command in `argv` unless the command needs none."""
    if len(argv) > 1 and argv[1] not in WITHOUT_DATABASE:
        import django

        django.setup()
        if database_is_empty():
            prepare_database()


def database_is_empty() -> bool:
    """Whether the database has no table of ours yet, or no published style. An SQLite file is read itself: before any model loads."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        return _has_no_style()
    path = Path(database["NAME"])
    if not path.exists() or path.stat().st_size == 0:
        return True
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30) as connection:
        count = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name='brand_styles_stylelibrary'"
        ).fetchone()[0]
        return not (count and connection.execute("SELECT count(*) FROM brand_styles_stylelibrary").fetchone()[0])


def _has_no_style() -> bool:
    from django.db import connection

    from brand_styles.models import StyleLibrary

    return (
        StyleLibrary._meta.db_table not in connection.introspection.table_names() or not StyleLibrary.objects.exists()
    )


def prepare_database() -> None:
    """Migrate and load the sample brand. Safe to repeat, and when several processes start at once: they queue up."""
    from django.core.management import call_command

    from brand_styles.services import load_sample_brands

    with _one_at_a_time():
        call_command("migrate", verbosity=0, interactive=False)
        load_sample_brands()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """On this machine by a file, and on all that share a PostgreSQL database by a lock of its own."""
    from django.conf import settings
    from django.db import connection

    lock = Path(settings.VAR_DIR) / "prepare.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
