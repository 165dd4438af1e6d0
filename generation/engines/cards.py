"""The model card that lies beside a checkpoint: its licence and what it says of its own limits."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

NAMES = ("README.md", "../README.md")  # ours lies beside its folder of weights
MOST = 200_000  # characters of a card that are read
LIMITS = re.compile(
    r"^#{1,4}\s*(?:limits|limitations|known limitations|limitations and bias\w*|局限\w*|限制)\s*$", re.I
)
HEADING = re.compile(r"^#{1,4}\s")
LONGEST = 3_000  # characters of a section that are kept


def card_beside(source: Path) -> dict[str, str]:
    """{"licence", "limits"}: what the card of a folder says, each empty where it says nothing or there is none."""
    folder = source if source.is_dir() else source.parent
    text = next((found for name in NAMES if (found := _read(folder / name, folder))), "")
    return {"licence": _licence(text), "limits": _limits(text)}


def _read(path: Path, folder: Path) -> str:
    beside = path.parent.resolve() != folder.resolve()
    if beside and not (folder / "vermilion.json").is_file():
        return ""  # the folder above is somebody else's
    try:
        return path.read_text(encoding="utf-8", errors="replace")[:MOST]
    except OSError:
        return ""


def _licence(text: str) -> str:
    """The licence that the front matter names, as model hubs write it."""
    if not text.startswith("---"):
        return ""
    try:
        front = yaml.safe_load(text[3:].partition("\n---")[0])
    except yaml.YAMLError:
        return ""
    told = front if isinstance(front, dict) else {}
    return str(told.get("license_name") or told.get("license") or "")[:80]


def _limits(text: str) -> str:
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if LIMITS.match(line)), None)
    if start is None:
        return ""
    end = next((at for at in range(start + 1, len(lines)) if HEADING.match(lines[at])), len(lines))
    return "\n".join(lines[start + 1 : end]).strip()[:LONGEST]
