"""What downloaded files are called: a template that a person writes, made safe for every file system."""

import re
import unicodedata
from collections.abc import Iterable

from generation.errors import PermanentError
from generation.models import Asset

TEMPLATE = "{campaign}_{brief}_{w}x{h}_v{version}_{date}.{ext}"
PARTS = ("campaign", "brief", "brand", "w", "h", "variant", "version", "date", "ext")
LONGEST = 120  # bytes of a name, its ending apart: with a folder's name it stays under every system's limit
_PART = re.compile(r"\{([^{}]*)\}")
_BAD = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")  # Windows


def name_for(row: Asset, template: str, ext: str) -> str:
    """The file's name for one asset. PermanentError for a template with an unknown part."""
    check(template)
    brief = row.job.variant.brief
    values = {
        "campaign": brief.campaign.slug if brief.campaign else "",
        "brief": brief.title,
        "brand": brief.library.brand.slug,
        "w": str(row.width),
        "h": str(row.height),
        "variant": str(row.job.variant.number),
        "version": str(row.version),
        "date": row.created_at.strftime("%Y-%m-%d"),
        "ext": ext,
    }
    named = _PART.sub(lambda part: values[part[1]], template.strip() or TEMPLATE)
    return f"{safe(named.removesuffix(f'.{ext}'))}.{ext}"


def check(template: str) -> None:
    """PermanentError for a part that there is none of."""
    for part in _PART.findall(template):
        if part not in PARTS:
            raise PermanentError(
                f"“{part[:20]}” is no part of a file name here. Use those listed under the field.",
                f"“{part[:20]}”不是可用的命名项，请使用字段下方列出的项。",
                field="names",
            )


def safe(name: str) -> str:
    """A name that Windows, macOS and Linux take alike; "picture" where nothing is left. Any script is kept."""
    name = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    name = _BAD.sub("-", name)
    name = re.sub(r"_{2,}", "_", re.sub(r"\s+", " ", name)).strip(" ._-")
    name = f"_{name}" if _RESERVED.match(name) else name
    return name.encode()[:LONGEST].decode(errors="ignore").rstrip(" .") or "picture"


def different(names: Iterable[str]) -> list[str]:
    """The same names, told apart by a number where two are alike (also in their case, as some systems see it)."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        stem, _, ext = name.rpartition(".")
        count = seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        told.append(name if count == 1 else f"{stem}-{count}.{ext}")
    return told
