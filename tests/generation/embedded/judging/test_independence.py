"""Judges that share code with what they judge would share its mistakes."""

import ast
from pathlib import Path

import pytest

from generation.embedded import judging

FOLDER = Path(judging.__file__).parent
JUDGES = (
    "nets",
    "training",
    "judge",
    "labels",
    "ceilings",
    "examples",
    "colours",
    "structure",
    "distances",
    "statistics",
    "blind",
)
FOREIGN = ("generation.engines", "generation.embedded", "brand_styles.colors", "diffusers", "transformers")
SHARED = "generation.embedded.pair_files"  # reading pairs


@pytest.mark.parametrize("name", JUDGES)
def test_a_judge_imports_nothing_of_the_generator(name: str) -> None:
    tree = ast.parse((FOLDER / f"{name}.py").read_text("utf-8"))
    found = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    found |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    foreign = [m for m in found if m.startswith(FOREIGN)]
    assert [m for m in foreign if m != SHARED and not m.startswith("generation.embedded.judging")] == []
