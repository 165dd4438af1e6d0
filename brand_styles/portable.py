"""A brand as one file: to keep, to hand to another studio, to begin a new brand from.

A ZIP with `style.json` (BrandStyle's fields as text anybody can read, logos with their drawings in it) and the fonts and pictures it names
by their hashes. What comes in is believed in nothing: sizes are bounded before anything is unpacked, only entries whose names we made
ourselves are opened, each must be what its hash says, and logos, fonts and pictures go through the same child process as uploads.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tempfile
import zipfile
from typing import IO, Any

from pydantic import ValidationError

from brand_styles.comparing import FIELDS
from brand_styles.drafts import MAX_BYTES
from brand_styles.fonts import font_bytes, keep_font
from brand_styles.intake.guard import MAX_FILE_BYTES, Refused
from brand_styles.licences import HASH, BrandFont
from brand_styles.logos import logo_of
from brand_styles.references import content_of, keep_reference
from brand_styles.style import BrandStyle, ReferencePicture
from brand_styles.words import Words

FORMAT = 1
STYLE = "style.json"
DATED = (2020, 1, 1, 0, 0, 0)  # the same style gives the same bytes
MAX_ARCHIVE = 240 * 1024 * 1024  # bytes: a brand with all its pictures, and less than one request may send
MOST_ENTRIES = 500
IN_MEMORY = 16 * 1024 * 1024  # bytes of an export that are not put into a file of their own
DRAWN = ("svg", "png", "pixels", "aspect")
FONT_FACTS = ("file", "sha256", "family", "weight", "script", "latin", "han", "embedding", "subset")
PICTURE_FACTS = ("file", "sha256", "palette", "likeness")
Json = dict[str, Any]


def packed(style: BrandStyle) -> bytes:
    """The style, its fonts and its pictures as a ZIP. LostReference or LostFont where one of them is gone."""
    with packed_file(style) as file:
        return file.read()


def packed_file(style: BrandStyle) -> IO[bytes]:
    """The same as a file, at its beginning, for whoever sends it on."""
    out = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        told = {"format": FORMAT, **style.model_dump(mode="json")}
        _write(archive, STYLE, json.dumps(told, ensure_ascii=False, indent=1).encode())
        for font in style.fonts:
            _write(archive, _font_name(font.sha256), font_bytes(font))
        for reference in style.references:
            _write(archive, _picture_name(reference.sha256), content_of(reference))
    out.seek(0)
    return out


def unpacked(file: bytes | IO[bytes]) -> Json:
    """The fields of a draft (no slug, no version) from `packed`'s file; its fonts and pictures are kept. Refused with a sentence, and then
    nothing is kept but files that nobody names."""
    source = io.BytesIO(file) if isinstance(file, bytes) else file
    if source.seek(0, io.SEEK_END) > MAX_ARCHIVE:
        raise _refused("size")
    try:
        with zipfile.ZipFile(source) as archive:
            if len(archive.infolist()) > MOST_ENTRIES:
                raise _refused("archive")
            told = _style_of(archive)
            fonts = [_font(archive, entry) for entry in told.get("fonts", ())]
            pictures = [_picture(archive, entry) for entry in told.get("references", ())]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, KeyError) as fault:
        raise _refused("archive") from fault
    style = {field: told[field] for field in FIELDS if field in told}
    style |= {"logos": [_logo(entry) for entry in told["logos"]], "references": pictures, "fonts": fonts}
    return _with_faces(style, told.get("fonts", ()))


def _font(archive: zipfile.ZipFile, entry: Json) -> Json:
    """The font, sanitised anew; what its licence says comes from the file."""
    digest = BrandFont.model_validate(entry).sha256
    kept = keep_font(_pinned(archive, _font_name(digest), digest)).model_dump(mode="json")
    return entry | {fact: kept[fact] for fact in FONT_FACTS}


def _picture(archive: zipfile.ZipFile, entry: Json) -> Json:
    digest = ReferencePicture.model_validate(entry).sha256
    kept = keep_reference(_pinned(archive, _picture_name(digest), digest)).model_dump(mode="json")
    return entry | {fact: kept[fact] for fact in PICTURE_FACTS}


def _with_faces(style: Json, fonts: Any) -> Json:
    """Typefaces by the keys of the fonts as they are kept here, should another version of the studio have written them otherwise."""
    faces = dict(style.get("typefaces") or {})
    for before, kept in zip(fonts, style["fonts"], strict=True):
        old, new = before["sha256"][:HASH], kept["sha256"][:HASH]
        faces = {use: key.replace(old, new) for use, key in faces.items()}
    return style | ({"typefaces": faces} if faces else {})


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
    try:
        drawing = base64.b64decode(entry["png"], validate=True) if entry.get("png") else str(entry["svg"]).encode()
    except ValueError as fault:
        raise _refused("field", "logos") from fault
    return {key: value for key, value in entry.items() if key not in DRAWN} | logo_of(drawing)


def _pinned(archive: zipfile.ZipFile, name: str, digest: str) -> bytes:
    """The entry's bytes, which must have that hash."""
    content = _read(archive, name, MAX_FILE_BYTES)
    if hashlib.sha256(content).hexdigest() != digest:
        raise _refused("hash", name)
    return content


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


def _picture_name(digest: str) -> str:
    return f"references/{digest}.png"


def _font_name(digest: str) -> str:
    return f"fonts/{digest}.ttf"


def _refused(code: str, where: str = "") -> Refused:
    en, zh = _SENTENCES[code]
    return Refused(code, Words(en=en.format(where=where), zh=zh.format(where=where)))


_SENTENCES = {
    "size": (
        f"The file is larger than {MAX_ARCHIVE // 1_048_576} MB, or something in it than {MAX_FILE_BYTES // 1_048_576}. Export the brand "
        "with fewer pictures.",
        f"文件超过 {MAX_ARCHIVE // 1_048_576} MB，或其中内容超过 {MAX_FILE_BYTES // 1_048_576} MB。请减少图片后重新导出。",
    ),
    "archive": (
        "The file is no brand exported by a studio, or is damaged. Export the brand again and send that file.",
        "文件不是工坊导出的品牌文件，或已损坏。请重新导出后上传。",
    ),
    "hash": (
        "The file's {where} is not what its hash says: it was changed or damaged. Export the brand again.",
        "文件中的 {where} 与其校验值不符，可能被改动或损坏。请重新导出品牌。",
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
