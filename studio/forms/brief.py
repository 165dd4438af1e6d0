"""The form and the YAML tab: what a browser sends becomes the data of a brief, and its problems find their fields."""

from __future__ import annotations

import re
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from brand_styles.words import Words
from generation.errors import BriefProblem, BriefProblems
from generation.planning.brief import Brief, load_brief, problems_of
from studio.web.words import SENTENCES

PLAIN = ("campaign", "market", "industry", "product_type", "goal", "prompt", "mood", "occasion", "landing_url")
COPY = ("headline", "subline", "price", "cta")
DATES = ("starts", "ends")
NUMBERS = ("variants", "seed")
SLOTS = {*PLAIN, *DATES, *NUMBERS, *(f"copy.{role}" for role in (*COPY, "legal")), "brand", "formats", "subject"}
SLOTS |= {"subject.image", "source", "copy", "brief"}


@dataclass(frozen=True)
class Preset:
    """A format offered as a little picture of its shape. `box_w`, `box_h`: the drawn shape on a 64 by 64 field."""

    width: int
    height: int
    use: Words

    @property
    def name(self) -> str:
        return f"{self.width}x{self.height}"

    @property
    def box_w(self) -> float:
        return max(3.0, round(60 * self.width / max(self.width, self.height), 1))

    @property
    def box_h(self) -> float:
        return max(3.0, round(60 * self.height / max(self.width, self.height), 1))


PRESETS = (
    Preset(1080, 1920, Words(en="Story, splash", zh="开屏、故事")),
    Preset(1242, 2208, Words(en="Long poster", zh="长海报")),
    Preset(1080, 1350, Words(en="Feed, tall", zh="信息流竖图")),
    Preset(1080, 1080, Words(en="Square", zh="方图")),
    Preset(1200, 628, Words(en="Link card", zh="链接卡片")),
    Preset(1920, 1080, Words(en="Wide screen", zh="横屏")),
    Preset(300, 600, Words(en="Half page", zh="半页")),
    Preset(300, 250, Words(en="Rectangle", zh="中矩形")),
    Preset(970, 250, Words(en="Billboard", zh="通栏")),
    Preset(728, 90, Words(en="Leaderboard", zh="横幅")),
)


@dataclass
class Draft:
    """A brief on its way in: its data, the text it is kept as, and what is wrong with it, by the field to show it at."""

    data: dict[str, Any]
    source: str
    brief: Brief | None = None
    problems: dict[str, list[Words]] = field(default_factory=dict)
    product_png: bytes | None = None

    @property
    def is_sound(self) -> bool:
        return self.brief is not None and not self.problems

    def blame(self, name: str, words: Words) -> None:
        self.problems.setdefault(slot_of(name), []).append(words)


def slot_of(name: str) -> str:
    """The place on the form where a problem of that field is shown: "copy.legal[2]" is told at "copy.legal"."""
    bare = re.sub(r"\[\d+\]", "", name)
    return next((slot for slot in (bare, bare.partition(".")[0]) if slot in SLOTS), "brief")


def draft_of(post: QueryDict, brands: Sequence[str], upload: UploadedFile[Any] | None = None) -> Draft:
    """Read what was sent. `brands`: the slugs this person works for; any other brand does not exist for them."""
    draft = _from_yaml(str(post.get("source", ""))) if post.get("tab") == "yaml" else _from_fields(post, upload)
    brand = str(draft.data.get("brand", "")).partition("@")[0]
    if brand and brand not in brands and "brand" not in draft.problems:
        said = SENTENCES["form.not_your_brand"]
        names = ", ".join(brands)
        draft.blame("brand", Words(en=f"{said.en} {names}", zh=f"{said.zh}{names}"))
    return draft


def _from_yaml(source: str) -> Draft:
    draft = Draft({}, source)
    try:
        draft.brief = load_brief(source)
    except BriefProblems as found:
        for problem in found.problems:
            draft.blame("source", _with_line(problem))
        return draft
    draft.data = draft.brief.model_dump(mode="json", by_alias=True, exclude_none=True)
    if draft.brief.subject and draft.brief.subject.image:
        draft.blame("source", SENTENCES["form.image_needs_upload"])
    return draft


def _with_line(problem: BriefProblem) -> Words:
    if problem.line is None:
        return problem.words
    return Words(en=f"Line {problem.line}: {problem.words.en}", zh=f"第 {problem.line} 行：{problem.words.zh}")


def _from_fields(post: QueryDict, upload: UploadedFile[Any] | None) -> Draft:
    data = fields_to_data(post)
    if upload is not None:
        data["subject"] = {"image": "product.png"}
    draft = Draft(data, as_yaml(data))
    for problem in problems_of(data):
        draft.blame(problem.field or "brief", problem.words)
    if not draft.problems:
        draft.brief = Brief.model_validate(data)
        _take_product(draft, upload)
    return draft


def fields_to_data(post: QueryDict) -> dict[str, Any]:
    """The brief's data from the form's fields; what was left empty is left out."""
    data: dict[str, Any] = {"version": 1, "brand": post.get("brand", "")}
    data |= {name: value for name in (*PLAIN, *DATES) if (value := post.get(name, "").strip())}
    copy: dict[str, Any] = {role: value for role in COPY if (value := post.get(role, "").strip())}
    if legal := [line.strip() for line in post.get("legal", "").splitlines() if line.strip()]:
        copy["legal"] = legal
    if concept := post.get("concept", "").strip():
        data["subject"] = {"concept": concept}
    others = re.split(r"[,，;；、\n]+", post.get("other_formats", ""))
    formats = [*post.getlist("formats"), *(name.strip() for name in others if name.strip())]
    return data | {"copy": copy, "formats": formats} | _numbers(post)


def _numbers(post: QueryDict) -> dict[str, Any]:
    """Whole numbers as numbers; anything else as it was written, so that it is told rather than lost."""
    numbers = {}
    for name in NUMBERS:
        if value := post.get(name, "").strip():
            numbers[name] = int(value) if re.fullmatch(r"-?\d{1,12}", value, re.ASCII) else value
    return numbers


def as_yaml(data: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=120)


def _take_product(draft: Draft, upload: UploadedFile[Any] | None) -> None:
    """Decode the uploaded picture (in a child process with limits, see generation.intake) and keep our own PNG of it."""
    if upload is None or draft.brief is None:
        return
    if (upload.size or 0) > settings.UPLOAD_MAX_BYTES:
        draft.blame("subject.image", SENTENCES["form.too_large"])
        return
    try:
        draft.product_png = product_png(draft.brief, upload)
    except BriefProblem as problem:
        draft.blame("subject.image", problem.words)


def product_png(brief: Brief, upload: UploadedFile[Any]) -> bytes:
    """The cut-out, checked and written again by us. BriefProblem where it is none. The file's own name is never used."""
    import io

    from PIL import Image

    from generation.planning.product import product_of

    with tempfile.TemporaryDirectory(prefix=f"upload-{secrets.token_hex(4)}-") as folder:
        path = Path(folder) / "product.png"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        pixels = product_of(brief, Path(folder))
    if pixels is None:
        raise ValueError("the brief names no picture")
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()
