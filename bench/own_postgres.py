"""A PostgreSQL server of its own in a folder, for the benches that ask how the studio does on one.

Debian's (`apt-get install postgresql`), or any whose programs stand in PATH. It refuses to run as root: there it runs as "postgres".
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

DEBIAN = Path("/usr/lib/postgresql")
ROLE = "studio"
PATIENCE = 60.0  # seconds to start in
# Memory for 10⁶ pictures; everything else, durability too, is as PostgreSQL comes.
SETTINGS = {"listen_addresses": "", "shared_buffers": "1GB", "max_connections": "60", "max_wal_size": "4GB"}


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs, the newest installed. SystemExit where there is none."""
    found = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    path = str(found[-1]) if found else shutil.which(name)
    if not path:
        raise SystemExit("This bench needs a PostgreSQL server: apt-get install postgresql")
    return path


@contextmanager
def running_postgres(folder: Path) -> Iterator[Path]:
    """The folder of the socket of a server whose files are in `folder`; it lives as long as the body."""
    if importlib.util.find_spec("psycopg") is None:
        raise SystemExit("This bench needs PostgreSQL's driver: pip install 'psycopg[binary,pool]'")
    who = "postgres" if os.geteuid() == 0 else None
    data, place = folder / "data", folder / "socket"
    for each in (folder, data, place):
        each.mkdir(exist_ok=True)
    if who:
        _hand_over(folder, data, place)
    if not any(data.iterdir()):
        _run("initdb", "-D", str(data), "-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", who=who)
    options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [program("postgres"), "-D", str(data), "-k", str(place), *options]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=sys.stderr, cwd=folder, user=who, group=who)
    try:
        _await(place)
        yield place
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _hand_over(*folders: Path) -> None:
    """What a root's temporary folder holds is root's alone: the server's own must be its own, and reached."""
    entry = pwd.getpwnam("postgres")
    for each in folders:
        os.chown(each, entry.pw_uid, entry.pw_gid)
    for above in folders[0].parents:
        if not above.stat().st_mode & 0o001:
            above.chmod(above.stat().st_mode | 0o011)


def _await(place: Path) -> None:
    end = time.monotonic() + PATIENCE
    while subprocess.run(
        [program("pg_isready"), "-q", "-h", str(place), "-U", ROLE, "-d", "postgres"], check=False
    ).returncode:
        if time.monotonic() > end:
            raise SystemExit("The PostgreSQL server does not answer.")
        time.sleep(0.2)


def database_in(place: Path, name: str) -> str:
    """The address (DATABASE_URL) of the database, made if it is not there."""
    asked = [program("createdb"), "-h", str(place), "-U", ROLE, name]
    made = subprocess.run(asked, check=False, capture_output=True)
    if made.returncode and b"exists" not in made.stderr:
        raise SystemExit(made.stderr.decode())
    return f"postgresql://{ROLE}@/{name}?host={quote(str(place), safe='')}"


def _run(name: str, *arguments: str, who: str | None) -> None:
    subprocess.run([program(name), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/", user=who, group=who)
