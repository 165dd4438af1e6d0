"""The brief: one versioned schema for YAML files, the form and the API.

Only `brand`, one line of copy and one format are required; the planner fills the rest and records why.
`Brief.model_json_schema()` is the schema; `load_brief` and `problems_of` say every fault at once, in two languages.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from brand_styles.licences import MEDIA, Medium
from generation.errors import BriefProblem, BriefProblems
from generation.planning.brief_text import checked_text, checked_url, fault, settable, weigh
from generation.planning.formats import MAX_FORMATS, parse_format
from generation.types import Format

MAX_VARIANTS = 20
HEADLINE_UNITS = 120  # 60 Chinese characters or 120 Latin ones

Text = Annotated[StrictStr, AfterValidator(checked_text)]
MoodName = Literal["lively", "elegant", "fresh", "luxury", "calm", "playful", "tech", "warm"]


def _plain_date(value: Any) -> date:
    """A date or its ISO text; no times, no numbers (a number would pass for seconds since 1970)."""
    if isinstance(value, datetime):
        raise fault("has a time of day; give the date alone.", "带有时间，请只写日期。", "YYYY-MM-DD")
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise fault(f"is “{str(value)[:30]}”, which is not a date.", f"“{str(value)[:30]}”不是日期。", "YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_plain_date)]


def _sized(units: int) -> AfterValidator:
    """Refuse text of more than `units`, a Chinese character counting two."""

    def check(text: str) -> str:
        if weigh(text) > units:
            raise fault(
                f"is {len(text):,} characters long; at most {units // 2} Chinese or {units} Latin characters fit. Shorten it.",
                f"有 {len(text):,} 个字符，最多 {units // 2} 个汉字或 {units} 个拉丁字符。请缩短。",
                f"≤ {units // 2} Chinese or {units} Latin characters",
            )
        return text

    return AfterValidator(check)


def _size(name: str) -> str:
    try:
        return parse_format(name).name
    except BriefProblem as problem:
        raise fault(problem.words.en, problem.words.zh, problem.expected) from None


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True, validate_by_name=True)


class Segment(Part):
    """Whom the campaign speaks to. It colours the plan; it does not multiply assets."""

    name: Annotated[Text, _sized(80)]
    traits: tuple[Annotated[Text, _sized(80)], ...] = Field(default=(), max_length=20)


class Subject(Part):
    """The hero: a concept of the lexicon by its slug, a picture (an RGBA cut-out) beside the brief, or an element of the brand's
    library by its slug."""

    concept: Annotated[Text, _sized(80)] | None = None
    image: Annotated[Text, _sized(400)] | None = None
    element: Annotated[Text, _sized(120)] | None = None

    @field_validator("concept")
    @classmethod
    def _known(cls, name: str | None) -> str | None:
        from generation.planning.concepts import by_name, nearest
        from generation.planning.drawables import kind_slugs

        if name is None or name in kind_slugs():
            return name
        concept = by_name(name)
        if concept is not None:
            return concept.slug
        near = ", ".join(nearest(name, slugs=[*nearest(name, 6), *nearest(name, 6, kind_slugs())]))
        raise fault(
            f"names “{name[:40]}”, which is not in the lexicon. The nearest are: {near}.",
            f"“{name[:40]}”不在词库中。最接近的有：{near}。",
            f"one of {near}",
        )

    @model_validator(mode="after")
    def _one_of_three(self) -> Subject:
        if sum(each is not None for each in (self.concept, self.image, self.element)) != 1:
            raise fault(
                "needs a concept, an image or an element, one of the three.",
                "需要 concept、image、element 三者之一。",
                "concept | image | element",
            )
        return self


class BriefCopy(Part):
    """What the posters say. At least one line; the planner adds a call to action where it lawfully can."""

    headline: Annotated[Text, _sized(HEADLINE_UNITS), AfterValidator(settable)] | None = None
    subline: Annotated[Text, _sized(240), AfterValidator(settable)] | None = None
    cta: Annotated[Text, _sized(24), AfterValidator(settable)] | None = None
    price: Annotated[Text, _sized(24), AfterValidator(settable)] | None = None
    legal: tuple[Annotated[Text, _sized(600), AfterValidator(settable)], ...] = Field(default=(), max_length=8)

    @model_validator(mode="after")
    def _one_line(self) -> BriefCopy:
        if not (self.headline or self.subline or self.price):
            raise fault(
                "says nothing: give at least one line, such as a headline.",
                "没有内容：请至少填写一行文案，例如标题。",
                "headline, subline or price",
            )
        return self


class Evidence(Part):
    """The proof of a claim in the copy: a file beside the brief."""

    claim: Annotated[Text, _sized(400)]
    file: Annotated[Text, _sized(400)]


class Brief(Part):
    """One request for posters. Field meanings: docs/briefs/README.md."""

    version: Literal[1] = 1
    brand: StrictStr = Field(
        pattern=r"^[a-z0-9][a-z0-9-]{0,49}(@[1-9][0-9]{0,5})?$", description="slug, or slug@version"
    )
    campaign: StrictStr | None = Field(default=None, pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")
    market: StrictStr | None = Field(default=None, pattern=r"^[a-z]{2,6}$")
    industry: StrictStr | None = Field(default=None, pattern=r"^[a-z][a-z0-9-]{0,39}$")
    product_type: StrictStr | None = Field(default=None, pattern=r"^[a-z][a-z0-9-]{0,39}$")
    languages: tuple[Literal["zh", "en"], ...] = Field(default=(), max_length=2)
    segments: tuple[Segment, ...] = Field(default=(), max_length=20)
    goal: Annotated[Text, _sized(400)] | None = None
    prompt: Annotated[Text, _sized(4000)] | None = None
    mood: MoodName | None = None
    occasion: Annotated[Text, _sized(80)] | None = None
    starts: Day | None = None
    ends: Day | None = None
    landing_url: StrictStr | None = Field(default=None, max_length=2000)
    subject: Subject | None = None
    copy_: BriefCopy = Field(alias="copy")
    evidence: tuple[Evidence, ...] = Field(default=(), max_length=20)
    formats: tuple[Annotated[StrictStr, AfterValidator(_size)], ...] = Field(
        max_length=MAX_FORMATS, description="sizes such as 1080x1920", json_schema_extra={"minItems": 1}
    )
    media: tuple[Medium, ...] = Field(
        default=(), max_length=len(MEDIA), description="where it is shown; screens if empty"
    )
    variants: StrictInt = Field(default=1, ge=1, le=MAX_VARIANTS)
    seed: StrictInt | None = Field(default=None, ge=0, le=2**31 - 1)

    @field_validator("formats")
    @classmethod
    def _once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if not names:
            raise fault("is empty; give at least one size.", "是空的，至少需要一个尺寸。", "a size such as 1080x1920")
        twice = next((index for index, name in enumerate(names) if name in names[:index]), None)
        if twice is not None:
            name = names[twice]
            raise fault(
                f"lists {name} twice. Keep one.", f"重复列出了 {name}，请只保留一个。", "each size once", at=(twice,)
            )
        return names

    @field_validator("ends")
    @classmethod
    def _order(cls, ends: date | None, info: ValidationInfo) -> date | None:
        starts = info.data.get("starts")
        if ends is not None and isinstance(starts, date) and ends < starts:
            raise fault(
                f"is {ends}, before the start on {starts}.", f"{ends} 早于开始日期 {starts}。", f"{starts} or later"
            )
        return ends

    @field_validator("landing_url")
    @classmethod
    def _https(cls, url: str | None) -> str | None:
        return None if url is None else checked_url(url)

    @property
    def brand_slug(self) -> str:
        return self.brand.partition("@")[0]

    @property
    def brand_version(self) -> int | None:
        """The pinned version of the style library, or None for the published one."""
        version = self.brand.partition("@")[2]
        return int(version) if version else None

    @property
    def canvases(self) -> tuple[Format, ...]:
        return tuple(parse_format(name) for name in self.formats)


def load_brief(source: str | bytes | Path, overrides: Mapping[str, Any] | None = None) -> Brief:
    """The brief in a YAML file (a Path) or in YAML text. BriefProblems with lines where it is faulty; OSError from the file.

    overrides: fields to use instead of the file's; `formats` may be one comma-separated text.
    """
    from generation.planning.brief_problems import problems_from
    from generation.planning.yaml_source import read_yaml

    document = read_yaml(source)
    data = document.data
    if isinstance(data, dict):
        data |= _listed(overrides or {})
    try:
        return Brief.model_validate(data)
    except ValidationError as error:
        raise BriefProblems(problems_from(error, document.line_of)) from None


def _listed(overrides: Mapping[str, Any]) -> dict[str, Any]:
    given = dict(overrides)
    if isinstance(given.get("formats"), str):
        given["formats"] = [name.strip() for name in given["formats"].split(",") if name.strip()]
    return given


def problems_of(data: dict[str, Any]) -> list[BriefProblem]:
    """Every fault in a brief given as data (a form, an API call); empty where it is sound."""
    from generation.planning.brief_problems import problems_from

    try:
        Brief.model_validate(data)
    except ValidationError as error:
        return problems_from(error)
    return []


def brief_hash(brief: Brief) -> str:
    """SHA-256 of the brief's canonical JSON: the same for YAML, form and API, whatever was written out of the defaults."""
    plain = brief.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    canonical = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
