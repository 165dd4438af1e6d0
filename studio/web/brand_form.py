"""A brand's draft as its form sends it: text to style, nothing dropped that cannot be read yet."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from brand_styles.colors import any_color, is_hex
from brand_styles.intake.guard import MAX_FILE_BYTES, Refused
from brand_styles.logos import logo_of
from brand_styles.problems import Problem
from brand_styles.words import Words
from generation.planning.concepts import by_name
from generation.planning.wishes import wishes_in
from studio.web.brand_font_form import fonts_of
from studio.web.brand_manners_form import manners_of
from studio.web.brand_pixel_form import pixel_rules_of
from studio.web.brand_reference_form import references_of
from studio.web.brand_rule_form import overrides_of, rules_of

Json = dict[str, Any]
Files: TypeAlias = "MultiValueDict[str, UploadedFile[bytes]]"
GROUNDS = ("light", "dark")
ROLES = ("ground", "second", "accent", "ink", "paper", "metal")
MOST_ROWS = 64  # a BrandStyle's palette holds no more
BLACK = "#000000"  # what a colour picker shows where no colour was chosen
DRAWN = ("svg", "png", "pixels", "aspect")  # what a logo's file decides
PNG_ADDRESS = "data:image/png;base64,"
KEPT_SVG = 200_000  # characters of a drawing that a page carries along while it is not saved

LOST_FILE = Words(en="The file you chose was not saved. Choose it once more.", zh="所选文件尚未保存。请重新选择一次。")


class Reading:
    """`style`: the draft's fields as the form tells them, over what was there. `problems`: of files that were not taken in.
    `unsaved`: drawings by ground that came with the form and stand in no draft yet."""

    def __init__(self, post: QueryDict, files: Files, before: Json) -> None:
        self.problems: list[Problem] = []
        self.unsaved: dict[str, str] = {}
        self.style: Json = before | {
            "name": _both(post, "name"),
            "market": _text(post, "market") or "cn",
            "industry": _text(post, "industry") or "general",
            "palette": palette_of(post),
            "typefaces": {key: _text(post, f"typefaces.{key}") for key in ("text", "display_zh", "display_latin")},
            "logos": self._logos(post, files, before),
            "glossary": [_term(line) for line in _lines(post, "glossary")],
            "corner_radius": _percent(_text(post, "corner_radius")),
            "required_legal": _lines(post, "required_legal"),
            "banned_words": _lines(post, "banned_words"),
            "rules": rules_of(post, before.get("rules") or [], add="add-rule" in post),
            "overrides": overrides_of(post),
            "pixel_rules": pixel_rules_of(post, before.get("pixel_rules") or []),
            "manners": manners_of(post, before.get("manners") or {}),
            "tone": tone if any((tone := _both(post, "tone")).values()) else None,
        }
        self.style |= references_of(post, files.getlist("references.new"), self.problems)
        self.style |= fonts_of(post, files.getlist("fonts.new"), self.style, self.problems)

    def _logos(self, post: QueryDict, files: Files, before: Json) -> list[Json]:
        kept = {logo["ground"]: logo for logo in reversed(before.get("logos") or [])}
        found = (self._logo(ground, post, files, kept.get(ground)) for ground in GROUNDS)
        return [logo for logo in found if logo is not None]

    def _logo(self, ground: str, post: QueryDict, files: Files, kept: Json | None) -> Json | None:
        if f"logos.{ground}.remove" in post:
            kept = None
        sent = self._sent(ground, post, files)
        rest = {key: value for key, value in (kept or {"ground": ground}).items() if key not in DRAWN}
        logo = rest | sent if sent else kept
        if logo is None:
            return None
        told = {key: _number(_text(post, f"logos.{ground}.{key}")) for key in ("clear_space", "min_height")}
        forbidden = (
            {"forbidden": colours} if (colours := _colours(post, f"logos.{ground}.forbidden")) is not None else {}
        )
        return logo | {key: value for key, value in told.items() if value != ""} | forbidden

    def _sent(self, ground: str, post: QueryDict, files: Files) -> Json:
        """The drawing that came with the form: a file, or one that an earlier answer handed back."""
        file = files.get(f"logos.{ground}.file")
        content = file.read(MAX_FILE_BYTES + 1) if file else _handed_back(post.get(f"logos.{ground}.drawing", ""))
        if not content.strip():
            return {}
        try:
            drawing = logo_of(content)
        except Refused as refused:
            self.problems.append(Problem(f"logos.{ground}", refused.words))
            return {}
        self.unsaved[ground] = str(drawing.get("svg") or PNG_ADDRESS + drawing["png"])
        return drawing


def _handed_back(text: str) -> bytes:
    """A drawing that a page carried along: an SVG as it is, a PNG as a data address."""
    if not text.startswith(PNG_ADDRESS):
        return text.encode()
    try:
        return base64.b64decode(text.removeprefix(PNG_ADDRESS), validate=True)
    except ValueError:
        return b""


def _colours(post: QueryDict, name: str) -> list[str] | None:
    """Colours between commas or spaces, those that are none as they were typed; None where the form has no such field."""
    if name not in post:
        return None
    return [_colour(part, "", "") for part in re.split(r"[,，、;\s]+(?![^(]*\))", _text(post, name)[:600]) if part]


def number_of(post: QueryDict | Mapping[str, str], name: str) -> int:
    """A whole number of a form or an address, 0 where it is none."""
    told = str(post.get(name, ""))
    return int(told) if told.isdecimal() and len(told) < 9 else 0


def palette_of(post: QueryDict, *, blank: bool = False) -> list[Json]:
    """The rows of the palette in their order; with `blank`, also those in which nothing is written."""
    rows = [_swatch(post, place) for place in _places(post)]
    return [row for row in rows if blank or row["hex"] or any(row["name"].values())]


def _places(post: QueryDict) -> Iterator[int]:
    """The numbers of the rows that were sent and not taken out."""
    gone = post.get("remove", "")
    for place in range(MOST_ROWS + 1):
        if f"palette.{place}.hex" in post and str(place) != gone:
            yield place


def _swatch(post: QueryDict, place: int) -> Json:
    at = f"palette.{place}"
    colour = _colour(_text(post, f"{at}.hex"), _text(post, f"{at}.was"), _text(post, f"{at}.picker"))
    name = _both(post, f"{at}.name")
    weight = _number(_text(post, f"{at}.weight"))
    return {
        "role": _text(post, f"{at}.role") or "ground",
        "hex": colour,
        "name": {"en": name["en"] or name["zh"] or colour, "zh": name["zh"] or name["en"] or colour},
        "weight": 1.0 if weight == "" else weight,
    }


def _colour(typed: str, was: str, picked: str) -> str:
    """What was typed; what was picked where only the picker moved (a page without script can't write it beside)."""
    shown = was if is_hex(was) else BLACK
    colour = picked if typed == was and picked and picked.upper() != shown.upper() else typed
    try:
        return any_color(colour) if colour else ""
    except ValueError:
        return colour[:40]


def _term(line: str) -> Json:
    """ "term = concept; + shown, shown; − never". A concept is kept under the lexicon's name where it has one."""
    term, _, rest = line.replace("＝", "=").partition("=")
    concept, *parts = (part.strip() for part in rest.replace("；", ";").split(";"))
    found = by_name(concept) if concept else None
    told: Json = {"term": term.strip(), "concept": found.slug if found else concept}
    for part in filter(None, parts):
        key = "show" if part[0] in "+＋" else "never" if part[0] in "-−－–" else None
        names = [name.strip() for name in re.split("[,，、]", part[1:]) if name.strip()]
        if key is None or not names:
            return {"term": term.strip(), "concept": rest.strip()}  # told as a sense that nobody knows
        told[key] = (
            [kind for name in names for kind in wishes_in(name).kinds[:1] or (name,)] if key == "show" else names
        )
    return told


def term_line(entry: Json) -> str:
    parts = [str(entry.get("concept", ""))]
    parts += [
        f"{sign} {', '.join(names)}" for key, sign in (("show", "+"), ("never", "−")) if (names := entry.get(key))
    ]
    return f"{entry.get('term', '')} = {'; '.join(parts)}"


def _text(post: QueryDict, name: str) -> str:
    return post.get(name, "").strip()


def _both(post: QueryDict, name: str) -> dict[str, str]:
    return {side: _text(post, f"{name}.{side}") for side in ("en", "zh")}


def _lines(post: QueryDict, name: str) -> list[str]:
    return [line.strip() for line in post.get(name, "").splitlines() if line.strip()]


def _number(text: str) -> float | str:
    """The number, or the text as it was typed, so that it can be told and mended."""
    try:
        number = float(text.replace("，", ".").replace(",", "."))
    except ValueError:
        return text[:40]
    return number if math.isfinite(number) else text[:40]


def _percent(text: str) -> float | str:
    number = _number(text)
    return round(number / 100, 6) if isinstance(number, float) else number or 0.02
