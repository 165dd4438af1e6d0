"""A draft as its page shows it: rows of the palette, logos by ground, and each problem at the field it belongs to."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from brand_styles.colors import is_hex
from brand_styles.comparing import Change
from brand_styles.problems import Problem
from brand_styles.rules.loader import industries, industry_tag, markets
from brand_styles.words import Words
from generation.typography.faces import FACES, Face
from studio.web.brand_font_form import font_in_words, font_rows, own_faces
from studio.web.brand_form import BLACK, GROUNDS, PNG_ADDRESS, ROLES, term_line
from studio.web.brand_manners_form import manners_fields, manners_in_words
from studio.web.brand_pixel_form import pixel_fields, pixel_rule_in_words
from studio.web.brand_reference_form import KINDS as REFERENCE_KINDS
from studio.web.brand_reference_form import RIGHTS, reference_in_words, reference_rows
from studio.web.brand_rule_form import KINDS, override_lines, rule_rows

Json = dict[str, Any]
FIRST_ROLES = ("ground", "ink", "accent")  # of the rows that an empty palette begins with
LISTED = ("glossary", "required_legal", "banned_words", "tone", "overrides")
MARKETS = ("cn", "us", "uk", "eu", "in")  # those that the pages have a name for
USES = ("display_zh", "display_latin", "text")


@dataclass(frozen=True)
class Row:
    """One colour as it stands in the form. `slot` names it in ids and among the problems."""

    place: int
    role: str
    hex: str
    name: Mapping[str, str]
    weight: str

    @property
    def slot(self) -> str:
        return f"palette.{self.place}"

    @property
    def picker(self) -> str:
        return self.hex if is_hex(self.hex) else BLACK


@dataclass(frozen=True)
class LogoField:
    """The logo for one ground: `picture` shows it as a data address, "" where there is none. `unsaved` travels with the form."""

    ground: str
    picture: str
    clear_space: str
    min_height: str
    forbidden: str = ""  # colours between commas
    pixels: str = ""  # "600 × 200" of a PNG
    unsaved: str = ""

    @property
    def slot(self) -> str:
        return f"logos.{self.ground}"


@dataclass(frozen=True)
class Told:
    """A problem, and the field that mends it: `slot` is "" for the whole."""

    slot: str
    words: Words


def fields_of(style: Json, unsaved: Mapping[str, str]) -> Json:
    """Every value of the form as text."""
    faces = style.get("typefaces") or {}
    return {
        "name": style.get("name") or {},
        "market": style.get("market", "cn"),
        "industry": industry_tag(str(style.get("industry", ""))) or style.get("industry", ""),
        "rows": rows_of(style.get("palette") or []),
        "logos": [_logo(ground, style, unsaved.get(ground, "")) for ground in GROUNDS],
        "faces": [
            (use, chosen, [*_own_faces_for(use, chosen, style), *_faces_for(use, chosen)])
            for use in USES
            for chosen in [faces.get(use) or _usual(use)]
        ],
        "fonts": font_rows(style.get("fonts") or []),
        "references": reference_rows(style.get("references") or []),
        "rights": RIGHTS,
        "reference_kinds": REFERENCE_KINDS,
        "corner_radius": _shown(style.get("corner_radius", 0.02), 100),
        "tone": style.get("tone") or {},
        "glossary": "\n".join(term_line(entry) for entry in style.get("glossary") or []),
        "required_legal": "\n".join(style.get("required_legal") or []),
        "banned_words": "\n".join(style.get("banned_words") or []),
        "rules": rule_rows(style.get("rules") or []),
        "kinds": KINDS,
        "severities": ("block", "warn"),
        "manners": manners_fields(style),
        "pixels": pixel_fields(style),
        "overrides": override_lines(style.get("overrides") or []),
        "markets": list(dict.fromkeys([*markets(), style.get("market", "cn")])),
        "industries": industries(),
        "roles": ROLES,
    }


def rows_of(palette: list[Json]) -> list[Row]:
    found = [_row(place, swatch) for place, swatch in enumerate(palette)]
    return found or [Row(place, role, "", {}, "1") for place, role in enumerate(FIRST_ROLES)]


def _row(place: int, swatch: Json) -> Row:
    colour, name = str(swatch.get("hex", "")), swatch.get("name") or {}
    own = {side: text for side, text in name.items() if text != colour}  # named by nobody yet
    return Row(place, swatch.get("role", "ground"), colour, own, _shown(swatch.get("weight", 1.0)))


def _logo(ground: str, style: Json, unsaved: str) -> LogoField:
    logo: Json = next((each for each in style.get("logos") or [] if each.get("ground") == ground), {})
    return LogoField(
        ground,
        logo_picture(logo),
        _shown(logo.get("clear_space", 0.35)),
        _shown(logo.get("min_height", 12.0)),
        ", ".join(map(str, logo.get("forbidden") or [])),
        " × ".join(map(str, logo.get("pixels") or [])),
        unsaved,
    )


def logo_picture(logo: Mapping[str, Any]) -> str:
    """A data address of a logo's drawing, "" where it has none. An <img> runs nothing in it."""
    if logo.get("png"):
        return PNG_ADDRESS + str(logo["png"])
    svg = str(logo.get("svg") or "")
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode() if svg else ""


def _shown(value: object, times: int = 1) -> str:
    return f"{float(value) * times:.6g}" if isinstance(value, int | float) else str(value)


def _usual(use: str) -> str:
    return "archivo" if use == "display_latin" else "noto-sans-sc"


def _faces_for(use: str, chosen: str) -> list[tuple[str, Words]]:
    """What may be chosen: any face for Latin headlines, Chinese ones for the rest, and what is chosen already."""
    fits: dict[str, Callable[[Face], bool]] = {
        "display_latin": lambda face: True,
        "display_zh": lambda face: face.script == "han",
        "text": lambda face: face.script == "han" and not face.display,
    }
    return [(face.key, face.name) for face in FACES.values() if face.key == chosen or fits[use](face)]


def _own_faces_for(use: str, chosen: str, style: Json) -> list[tuple[str, Words]]:
    """The brand's own, Chinese ones for all but Latin headlines."""
    own = own_faces(style)
    return [(key, name) for key, name, script in own if key == chosen or use == "display_latin" or script == "han"]


def placed(problems: Iterable[Problem], style: Json) -> list[Told]:
    return [Told(slot_of(problem.field, style), problem.words) for problem in problems]


def slot_of(field: str, style: Json) -> str:
    """The part of the form that a problem's field stands in."""
    head, _, rest = field.partition(".")
    place = rest.partition(".")[0]
    if head in ("palette", "rules", "fonts", "references", "pixel_rules") and place.isdecimal():
        return f"{head}.{place}"
    if head == "logos" and place in GROUNDS:
        return f"logos.{place}"
    if head == "logos" and place.isdecimal():
        logos = style.get("logos") or []
        return f"logos.{logos[int(place)].get('ground')}" if int(place) < len(logos) else "logos"
    if head == "manners":
        return f"manners.{place}" if place else "manners.moods"
    if head == "name":
        return f"name.{place or 'en'}"
    return head if head in LISTED else field


def beside(told: Iterable[Told]) -> dict[str, list[Words]]:
    """The problems by slot."""
    found: dict[str, list[Words]] = {}
    for each in told:
        found.setdefault(each.slot, []).append(each.words)
    return found


# Differences


@dataclass(frozen=True)
class Side:
    """One side of a difference: a text, with a colour or a picture where it is one. `key`: the sentence that names its first part."""

    text: str
    hex: str = ""
    picture: str = ""
    key: str = ""


@dataclass(frozen=True)
class Difference:
    field: str
    kind: str
    before: Side | None
    after: Side | None


def differences(changes: Iterable[Change]) -> list[Difference]:
    return [Difference(c.field, c.kind, _side(c.field, c.before), _side(c.field, c.after)) for c in changes]


def _side(field: str, value: Any) -> Side | None:
    if value in (None, "", [], {}):
        return None
    if field == "palette" and isinstance(value, dict):
        return _colour_side(value)
    if field == "logos" and isinstance(value, dict):
        text = f"{_shown(value.get('clear_space', 0.35))} · {_shown(value.get('min_height', 12.0))} px"
        size = " × ".join(map(str, value.get("pixels") or []))
        forbidden = " ".join(f"≠ {colour}" for colour in value.get("forbidden") or [])
        parts = (text, f"PNG {size}" if size else "", forbidden)
        return Side(" · ".join(part for part in parts if part), picture=logo_picture(value))
    if field in ("rules", "overrides") and isinstance(value, dict):
        return Side(_rule_in_words(value))
    if field == "references" and isinstance(value, dict):
        return Side(reference_in_words(value))
    if field == "fonts" and isinstance(value, dict):
        return Side(font_in_words(value))
    if field == "pixel_rules" and isinstance(value, dict):
        return Side(pixel_rule_in_words(value))
    if field == "glossary" and isinstance(value, dict):
        return Side(term_line(value))
    if field.startswith("manners."):
        return Side(manners_in_words(field.removeprefix("manners."), value))
    if field == "market":
        return Side("" if value in MARKETS else str(value), key=f"market.{value if value in MARKETS else 'other'}")
    if field == "industry" and value in industries():
        return Side("", key=f"industry.{value}")
    return Side(_plain(field, value))


def _rule_in_words(value: Json) -> str:
    """A rule or an override as one line."""
    parts = [
        value.get("id") or value.get("rule"),
        *_sides(value.get("title")),
        value.get("kind"),
        value.get("severity"),
    ]
    parts += [*(value.get("phrases") or []), value.get("pattern"), value.get("reason")]
    return " · ".join(str(part) for part in parts if part)


def _colour_side(swatch: Json) -> Side:
    """Its role, value and names; the weight where it is none of the usual."""
    colour, weight = str(swatch.get("hex", "")), swatch.get("weight", 1.0)
    parts = dict.fromkeys([colour, *_sides(swatch.get("name"))])
    text = " · ".join([*parts, *([] if weight == 1 else [f"× {_shown(weight)}"])])
    role = swatch.get("role")
    return Side(text, colour if is_hex(colour) else "", key=f"draft.role.{role}" if role in ROLES else "")


def _plain(field: str, value: Any) -> str:
    if field == "corner_radius":
        return f"{_shown(value, 100)} %"
    if field == "typefaces":
        return " · ".join(FACES[key].name.en if (key := value.get(use)) in FACES else str(key) for use in USES)
    if isinstance(value, dict):
        return str(value.get("file")) if "file" in value else " · ".join(_sides(value))
    return " → ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _sides(name: Any) -> list[str]:
    return list(dict.fromkeys(text for side in ("en", "zh") if (text := (name or {}).get(side))))
