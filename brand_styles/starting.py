"""A start from what a team has: colours, typefaces and logos read out of a logo, a style sheet or a guideline, to be confirmed.

Nothing here changes a draft by itself. Files are opened in the limited child process; addresses are never fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from brand_styles.clusters import clustered, colors_of
from brand_styles.colors import any_color, cielab_of_rgb, contrast, rgb_of
from brand_styles.families import is_chinese, nearest_faces
from brand_styles.intake.drawings import sanitise_svg
from brand_styles.intake.guard import Refused, ask_child
from brand_styles.intake.pictures import decode_picture
from brand_styles.logos import aspect_of, is_png, logo_of
from brand_styles.style import Typefaces
from brand_styles.words import Words

Json = dict[str, Any]
SEEN_SIDE = 256  # px at which a logo's colours are counted
STATED_APART = 5.0  # CIEDE2000: values that somebody wrote down differ on purpose sooner than pixels do
MOST_COLORS, MOST_FAMILIES, MOST_LOGOS, MOST_FILES = 10, 4, 6, 6
_ALPHA = re.compile(r"(?:/\s*|rgba\([^/]{5,40},\s*|hsla\([^/]{5,40},\s*)([\d.]{1,6})(%)?\s*\)$")
# What a source's own name for a colour says of its role; the words of designers' style sheets.
_SAYS = (
    ("ground", re.compile(r"paper|ground|\bbg\b|surface|canvas|底", re.I)),
    ("ink", re.compile(r"\bink|\btext|\bfg\b|foreground|墨|文字", re.I)),
    ("accent", re.compile(r"accent|primary|brand|主色|强调", re.I)),
)
READABLE = 4.5  # WCAG 2.2, 1.4.3
LIGHT, DARK, GREY, LIVELY = 85.0, 38.0, 12.0, 30.0  # CIELAB lightness and chroma

MANY = Words(
    en=f"More than {MOST_FILES} files were chosen. Send those that say most.",
    zh=f"所选文件超过 {MOST_FILES} 个。请只上传最能说明品牌的几个。",
)
NOTHING = Words(
    en="Neither a file nor a style sheet was given. Choose a logo, a CSS file or a PDF, or paste CSS.",
    zh="没有选择文件，也没有粘贴样式表。请选择标志、CSS 文件或 PDF，或粘贴 CSS。",
)


@dataclass(frozen=True)
class Colour:
    """A proposed colour. `share` of its source, 0 to 1; `said` what the source calls it; `sure`: worth a tick from the start."""

    hex: str
    role: str
    share: float
    said: str = ""
    sure: bool = True


@dataclass(frozen=True)
class Family:
    """A font that a source names, and the key of the shipped face that is nearest, for one use."""

    name: str
    use: str
    key: str


@dataclass(frozen=True)
class Proposals:
    """`logos`: a Logo's fields; `ground` is "" where nobody said that the picture is a logo."""

    colours: tuple[Colour, ...] = ()
    families: tuple[Family, ...] = ()
    logos: tuple[Json, ...] = ()

    def as_json(self) -> Json:
        return asdict(self)


@dataclass
class _Found:
    """Weights of colours by hex (each source's sum to 1), what they are called, families by how often, logos."""

    colours: dict[str, float]
    said: dict[str, str]
    families: dict[str, float]
    logos: list[Json]


def proposals_from(files: Sequence[bytes], pasted: str = "") -> Proposals:
    """What the files and a pasted style sheet propose. Refused with a sentence where one of them cannot be read."""
    if len(files) > MOST_FILES:
        raise Refused("many", MANY)
    given = [*files, *([pasted.encode()] if pasted.strip() else [])]
    if not given:
        raise Refused("none", NOTHING)
    found = _Found({}, {}, {}, [])
    for content in given:
        _read(content, found)
    return Proposals(
        tuple(_colours(found)), tuple(_families(found.families)), tuple(_without_twins(found.logos))[:MOST_LOGOS]
    )


def _read(content: bytes, found: _Found) -> None:
    head = content[:1024]
    if b"%PDF-" in head:
        _guideline(content, found)
    elif is_png(content) or b"<svg" in content[:4096].lower():
        logo = logo_of(content)
        colours = colors_of(_seen(content))
        found.logos.append(logo | {"ground": _ground_for(colours)})
        _weigh(found, dict(colours))
    elif head.startswith((b"\xff\xd8", b"RIFF")):  # a photograph of a logo shows its colours, and is no logo
        _weigh(found, dict(colors_of(decode_picture(content, max_side=SEEN_SIDE))))
    else:
        _style_sheet(content, found)


def _ground_for(colours: Sequence[tuple[str, float]]) -> str:
    """The kind of ground on which a logo of these colours is seen better."""
    light = sum(contrast(h, "#FFFFFF") * share for h, share in colours)
    dark = sum(contrast(h, "#141414") * share for h, share in colours)
    return "light" if light >= dark else "dark"


def _seen(content: bytes) -> Any:
    """The logo's pixels, SEEN_SIDE on its longer side."""
    if is_png(content):
        return decode_picture(content, max_side=SEEN_SIDE)
    svg = sanitise_svg(content)
    aspect = aspect_of(svg)
    width, height = (max(round(side), 1) for side in (SEEN_SIDE * min(aspect, 1), SEEN_SIDE / max(aspect, 1)))
    header, payload = ask_child("drawn", svg.encode(), width, height)
    return np.frombuffer(payload, np.uint8).reshape(int(header["height"]), int(header["width"]), 4)


def _style_sheet(content: bytes, found: _Found) -> None:
    told, _ = ask_child("stylesheet", content)
    weights: dict[str, float] = {}
    for written, times, name in told["colors"]:
        colour = _hex(str(written))
        if colour:
            weights[colour] = weights.get(colour, 0.0) + float(times)
            if name:
                found.said.setdefault(colour, str(name)[:60])
    _weigh(found, weights)
    _count(found, told["families"])


def _guideline(content: bytes, found: _Found) -> None:
    told, payload = ask_child("guideline", content)
    _weigh(found, {str(colour): float(weight) for colour, weight, _ in told["colors"]})
    found.said.update({str(colour): "PDF" for colour, _, where in told["colors"] if where == "text"})
    _count(found, told["families"])
    for length in told["pictures"]:
        picture, payload = payload[:length], payload[length:]
        try:
            found.logos.append(logo_of(picture) | {"ground": ""})
        except Refused:  # a picture too large for a logo is none
            continue


def _hex(written: str) -> str:
    """The colour, "" for one that is no colour or shows mostly what is behind it."""
    alpha = _ALPHA.search(written)
    if alpha and float(alpha[1]) / (100 if alpha[2] else 1) < 0.5:
        return ""
    try:
        clear = written.startswith("#") and ((len(written) == 9 and int(written[7:], 16) < 128) or len(written) == 5)
        return "" if clear else any_color(written[:7] if written.startswith("#") else written)
    except ValueError:
        return ""


def _weigh(found: _Found, weights: dict[str, float]) -> None:
    total = sum(weights.values())
    for colour, weight in weights.items():
        found.colours[colour] = found.colours.get(colour, 0.0) + weight / total


def _count(found: _Found, families: Iterable[Sequence[Any]]) -> None:
    for name, times in families:
        found.families[str(name)] = found.families.get(str(name), 0.0) + float(times)


def _colours(found: _Found) -> list[Colour]:
    """The largest clusters, with a role by lightness, chroma and share."""
    named = {colour: weight * (1.5 if colour in found.said else 1.0) for colour, weight in found.colours.items()}
    largest = [(h, share) for h, share in clustered(named, apart=STATED_APART) if share >= 0.004][:MOST_COLORS]
    roles = _roles(largest, {h: _said_role(found.said.get(h, "")) for h, _ in largest})
    return [
        Colour(h, roles[h][0], round(float(share), 4), found.said.get(h, ""), roles[h][1])
        for h, share in sorted(largest, key=lambda each: (_ORDER.index(roles[each[0]][0]), -each[1]))
    ]


_ORDER = ("ground", "second", "accent", "ink", "paper", "metal")


def _said_role(name: str) -> str:
    return next((role for role, words in _SAYS if words.search(name)), "")


def _roles(colours: Sequence[tuple[str, float]], said: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
    """Role of each colour, and whether it is worth proposing outright. `said`: the role that its name tells, "" for none, which decides
    between those that fit.

    The largest light one is the ground; the darkest that can be read on it (or on white) the ink; of the lively ones the one that
    shows most accents; other light greys are paper, the rest second colours. Greys in between are seldom a brand's own.
    """
    lab = {h: cielab_of_rgb(rgb_of(h)) for h, _ in colours}
    light = {h: float(v[0]) for h, v in lab.items()}
    chroma = {h: float(np.hypot(v[1], v[2])) for h, v in lab.items()}
    roles: dict[str, tuple[str, bool]] = {}
    lights = sorted((h for h, _ in colours if light[h] >= LIGHT), key=lambda h: said[h] != "ground")
    ground = lights[0] if lights else None
    if ground:
        roles[ground] = ("ground", True)
    darks = [h for h, _ in colours if light[h] <= DARK and contrast(h, ground or "#FFFFFF") >= READABLE]
    if darks:
        roles[min(darks, key=lambda h: (said[h] != "ink", light[h]))] = ("ink", True)
    lively = [(h, share) for h, share in colours if h not in roles and chroma[h] >= LIVELY]
    if lively:
        named = [each for each in lively if said[each[0]] == "accent"] or lively
        roles[max(named, key=lambda each: chroma[each[0]] * each[1] ** 0.35)[0]] = ("accent", True)
    for h, _ in colours:
        plain = chroma[h] < GREY
        usual = "paper" if light[h] >= LIGHT else "second"
        roles.setdefault(h, (usual, not plain or light[h] >= LIGHT))
    return roles


def _families(counted: dict[str, float]) -> list[Family]:
    """Headlines from the two most frequent families of each script, one proposal a use."""
    names = sorted(counted, key=lambda name: (-counted[name], name))[: MOST_FAMILIES * 2]
    han, latin = [n for n in names if is_chinese(n)], [n for n in names if not is_chinese(n)]
    found = [Family(name, "display_latin", nearest_faces(name)[0]) for name in latin[:MOST_FAMILIES]]
    found += [Family(name, "display_zh", nearest_faces(name)[1]) for name in (han or latin)[:MOST_FAMILIES]]
    return found


def taken(
    style: Json, proposals: Json, *, colours: Mapping[int, str], families: Sequence[int], logos: Mapping[int, str]
) -> Json:
    """The draft's fields with what was ticked laid over them; the rest stays as it is.

    `colours`: role by place among the proposals; `families`: places, the first of a use counts; `logos`: ground by place. Places that
    there are not are passed over.
    """
    palette = list(style.get("palette") or [])
    have = {(swatch.get("role"), swatch.get("hex")) for swatch in palette}
    for place, colour in enumerate(proposals["colours"]):
        if place in colours and (colours[place], colour["hex"]) not in have:
            name = {"en": colour["hex"], "zh": colour["hex"]}
            palette.append({"role": colours[place], "hex": colour["hex"], "name": name, "weight": 1.0})
    ticked = [family for place, family in enumerate(proposals["families"]) if place in families]
    faces = {family["use"]: family["key"] for family in reversed(ticked)}
    return style | {
        "palette": palette,
        "typefaces": Typefaces().model_dump() | (style.get("typefaces") or {}) | faces,
        "logos": _logos_with(style.get("logos") or [], proposals["logos"], logos),
    }


def _logos_with(before: Sequence[Json], proposed: Sequence[Json], wanted: Mapping[int, str]) -> list[Json]:
    """A logo for a ground takes the place of the one there was, and its free space and least height with it."""
    kept = {logo.get("ground"): logo for logo in before}
    for place, logo in enumerate(proposed):
        if place in wanted:
            ground = wanted[place]
            rest = {k: v for k, v in kept.get(ground, {}).items() if k not in ("svg", "png", "pixels", "aspect")}
            kept[ground] = rest | logo | {"ground": ground}
    return list(kept.values())


def keep_proposals(slug: str, proposals: Proposals) -> None:
    """Kept for the brand until they are taken or others come."""
    drop_proposals(slug)
    default_storage.save(_file(slug), ContentFile(json.dumps(proposals.as_json(), ensure_ascii=False).encode()))


def kept_proposals(slug: str) -> Json | None:
    try:
        with default_storage.open(_file(slug)) as file:
            told: Json = json.loads(file.read())
            return told
    except (OSError, ValueError):
        return None


def drop_proposals(slug: str) -> None:
    default_storage.delete(_file(slug))


def _file(slug: str) -> str:
    return f"starts/{slug}.json"


def _without_twins(logos: Iterable[Json]) -> list[Json]:
    return list({str(logo.get("svg") or logo.get("png")): logo for logo in logos}.values())
