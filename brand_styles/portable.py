"""A brand as one file: to keep, to hand to another studio, to begin a new brand from.

A ZIP with `style.json` (BrandStyle's fields as text anybody can read) and the reference pictures it names. What comes in is believed
in nothing: sizes are bounded before anything is unpacked, logos and pictures go through the same child process as uploads.
"""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from pydantic import ValidationError

from brand_styles.drafts import FIELDS, MAX_BYTES
from brand_styles.intake.drawings import sanitise_svg
from brand_styles.intake.guard import MAX_FILE_BYTES, Refused
from brand_styles.logos import aspect_of
from brand_styles.references import content_of, keep_reference
from brand_styles.style import BrandStyle, ReferencePicture
from brand_styles.words import Words

FORMAT = 1
STYLE = "style.json"
FOLDER = "references/"
DATED = (2020, 1, 1, 0, 0, 0)  # the same style gives the same bytes
Json = dict[str, Any]


def packed(style: BrandStyle) -> bytes:
    """The style and its reference pictures as a ZIP. LostReference where one of them is gone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        told = {"format": FORMAT, **style.model_dump(mode="json")}
        _write(archive, STYLE, json.dumps(told, ensure_ascii=False, indent=1).encode())
        for reference in style.references:
            _write(archive, _name(reference), content_of(reference))
    return out.getvalue()


def unpacked(file: bytes) -> Json:
    """The fields of a draft (no slug, no version) from `packed`'s file; its pictures are kept. Refused with a sentence, and then nothing
    is kept but pictures that nobody names."""
    if len(file) > MAX_FILE_BYTES:
        raise _refused("size")
    try:
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            told = _style_of(archive)
            pictures = [_read(archive, _name_of(entry), MAX_FILE_BYTES) for entry in told.get("references", ())]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, KeyError) as fault:
        raise _refused("archive") from fault
    logos = [_logo(entry) for entry in told["logos"]]
    style = {field: told[field] for field in FIELDS if field in told}
    return style | {"logos": logos, "references": [keep_reference(picture).model_dump() for picture in pictures]}


def _style_of(archive: zipfile.ZipFile) -> Json:
    try:
        told = json.loads(_read(archive, STYLE, MAX_BYTES), parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise _refused("style") from fault
    if not isinstance(told, dict) or told.pop("format", None) != FORMAT:
        raise _refused("style")
    try:
        BrandStyle.model_validate(told)
    except ValidationError as fault:
        where = ".".join(map(str, fault.errors()[0]["loc"]))
        raise _refused("field", where) from fault
    return told


def _no_number(constant: str) -> float:
    raise ValueError(f"{constant} is no number")


def _logo(entry: Json) -> Json:
    """The logo with its drawing sanitised anew and its aspect measured."""
    svg = sanitise_svg(str(entry["svg"]).encode("utf-8", "replace"))
    try:
        return {**entry, "svg": svg, "aspect": aspect_of(svg)}
    except ValueError as fault:
        raise _refused("field", "logos") from fault


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The entry of that very name, `most` bytes at most whatever its header says. KeyError where there is none."""
    with archive.open(name) as entry:
        content = entry.read(most + 1)
    if len(content) > most:
        raise _refused("size")
    return content


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, DATED)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(entry, content)


def _name(reference: ReferencePicture) -> str:
    return f"{FOLDER}{reference.sha256}.png"


def _name_of(entry: Json) -> str:
    return _name(ReferencePicture.model_validate(entry))


def _refused(code: str, where: str = "") -> Refused:
    en, zh = _SENTENCES[code]
    return Refused(code, Words(en=en.format(where=where), zh=zh.format(where=where)))


_SENTENCES = {
    "size": (
        f"The file, or something in it, is larger than {MAX_FILE_BYTES // 1_048_576} MB. Export the brand with fewer pictures.",
        f"文件或其中内容超过 {MAX_FILE_BYTES // 1_048_576} MB。请减少图片后重新导出。",
    ),
    "archive": (
        "The file is no brand exported by a studio, or is damaged. Export the brand again and send that file.",
        "文件不是工坊导出的品牌文件，或已损坏。请重新导出后上传。",
    ),
    "style": (
        f"The file's {STYLE} cannot be read, or is of another version of the studio. Export the brand again.",
        f"文件中的 {STYLE} 无法读取，或来自其他版本的工坊。请重新导出品牌。",
    ),
    "field": (
        f"The file's {STYLE} is not as it should be at “{{where}}”. Export the brand again.",
        f"文件中 {STYLE} 的“{{where}}”不符合要求。请重新导出品牌。",
    ),
}
