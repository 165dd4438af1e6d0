"""What holds for the project as a whole: lock files, import direction, sizes, the command line."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1_000_000
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".gif"}


def tracked() -> list[Path]:
    out = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [path for name in out.split("\0") if name and (path := ROOT / name).is_file()]


def size(paths: list[Path]) -> float:
    return sum(path.stat().st_size for path in paths) / MEGABYTE


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_carries_names_versions_and_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text and not re.search(r"^\s*-", text.replace("    --hash=", ""), re.M)
    entries = re.findall(r"^([a-z0-9][\w.-]*)==(\S+) \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", text, re.M)
    names = re.findall(r"^[a-z0-9][\w.-]*", text, re.M)
    assert len(entries) == len(names) > 50


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9][\w.-]*)==(\S+)", (ROOT / "requirements" / lock).read_text(), re.M))


def test_the_dev_lock_holds_everything_of_the_base_lock() -> None:
    assert pins("base.lock").items() <= pins("dev.lock").items()


def test_the_locks_hold_every_dependency_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for lock, wanted in (("base.lock", project["dependencies"]), ("dev.lock", project["optional-dependencies"]["dev"])):
        names = {re.match(r"[\w.-]+", line)[0].lower().replace("_", "-") for line in wanted}  # type: ignore[index]
        assert names <= pins(lock).keys()


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_cuda_extra_resolves_beside_the_torch_pin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["optional-dependencies"]["cuda"], f"torch=={pins('base.lock')['torch']}"]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--dry-run", "--only-binary=:all:"]
    out = subprocess.run([*pip, *wanted], capture_output=True, text=True, check=False)
    assert out.returncode == 0, out.stderr
    assert re.search(r"Would install .*xformers-", out.stdout)


def test_imports_go_right_never_left() -> None:
    out = subprocess.run(
        [Path(sys.executable).with_name("lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert out.returncode == 0, out.stdout


def test_the_tree_stays_small() -> None:
    files = tracked()
    weights = [p for p in files if "weights" in p.parts]
    assert size(files) < 60
    assert size(weights) <= 36 and all(size([p]) < 16 for p in weights)
    assert size([p for p in files if "fonts" in p.parts]) <= 12
    assert size([p for p in files if p.suffix in PICTURES]) <= 8


def test_every_font_and_vendored_file_has_its_licence_beside_it() -> None:
    for folder in (ROOT / "static" / "fonts").iterdir():
        if folder.is_dir():
            assert any("OFL" in p.name or "LICENSE" in p.name for p in folder.iterdir()), folder
    for path in (ROOT / "static" / "vendor").iterdir():
        stem = re.sub(r"(\.min)?\.(js|css|svg)$", "", path.name)
        assert path.name.endswith(".LICENSE") or path.with_name(f"{stem}.LICENSE").exists(), path


def test_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.search(r"^\.PHONY: (.+)$", makefile, re.M)[1].split())  # type: ignore[index]
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert targets == set(re.findall(r"^([a-z-]+) ", listed, re.M))
    assert {"run", "test", "test-slow", "bench", "lint", "format", "clean", "help"} <= targets


def test_nothing_reads_outside_the_project() -> None:
    sources = [
        p for p in tracked() if p.suffix in {".py", ".html", ".js", ".css", ".yaml", ".toml"} and "tests" not in p.parts
    ]
    named = "../" + "shared"
    assert [p for p in sources if named in p.read_text(encoding="utf-8")] == []


def test_migrations_match_the_models() -> None:
    out = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert out.returncode == 0, out.stdout
