"""What the docs promise exists, and what exists is in the docs."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READERS = re.compile(r'env\.(?:text|flag|number|words)\(\s*"([A-Z_]+)"')


def test_each_setting_is_in_the_docs() -> None:
    read = {name for path in (ROOT / "studio").rglob("*.py") for name in READERS.findall(path.read_text())}
    first_cells = re.findall(r"^\| (`[^|]+) \|", (ROOT / "docs/settings.md").read_text(), re.M)
    assert set(re.findall(r"[A-Z_]+", " ".join(first_cells))) == read


def test_each_make_target_has_a_help_line() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.+)$", makefile, re.M)
    assert targets is not None
    helped = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in targets[1].split():
        assert re.search(rf"^{target}\s", helped, re.M), target


@pytest.mark.parametrize(
    "page", ["README.md", *(str(p.relative_to(ROOT)) for p in sorted((ROOT / "docs").rglob("*.md")))]
)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / page).read_text()):
        assert ((ROOT / page).parent / target).exists(), target
