"""A document to edit: real plan, layout and dressing over a flat scene; made once."""

import numpy as np
import pytest
from numpy.typing import NDArray

from brand_styles.sample import demo
from generation.compositing.dress import dress
from generation.editing.document import Document, copy_of
from generation.laying import lay_out
from generation.pipeline import Task
from generation.planning.brief import load_brief
from generation.planning.planner import plan
from generation.types import Format

BRIEF = """\
version: 1
brand: demo
prompt: 会员日营销
copy: {headline: 会员狂欢日, subline: 好礼相送, price: ¥50, cta: 立即参与, legal: [活动时间：6月18日至6月20日。]}
formats: [600x600, 728x90]
seed: 3
"""
Documents = dict[str, Document]


def flat(width: int, height: int) -> NDArray[np.uint8]:
    return np.full((height, width, 3), (178, 34, 28), np.uint8)


@pytest.fixture(scope="session")
def documents() -> Documents:
    brand, brief = demo(), load_brief(BRIEF)
    decided = plan(brief, brand)
    made = {}
    for name in ("600x600", "728x90"):
        width, height = map(int, name.split("x"))
        task = Task(decided, Format(width=width, height=height), brand)
        layout = lay_out(task)
        design, _ = dress(decided, layout, flat(width, height), brand, light=(0.6, 0.8))
        copy = copy_of(design, decided.copy_lines)
        made[name] = Document(design, layout, brand, decided.palette, copy, decided.copy_lines)
    return made


@pytest.fixture(params=["600x600", "728x90"])
def document(request: pytest.FixtureRequest, documents: Documents) -> Document:
    found = documents[request.param]
    assert isinstance(found, Document)
    return found
