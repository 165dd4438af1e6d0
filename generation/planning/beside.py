"""Files that a brief names, found beside it and nowhere else."""

from __future__ import annotations

from pathlib import Path


def beside(name: str, folder: Path) -> Path | None:
    """The file of that name in the brief's folder or below; None where there is none, or where the name leads out of the folder."""
    try:
        path = (folder / name).resolve()
        found = path.is_relative_to(folder.resolve()) and path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return None
    return path if found else None
