"""Sorts the interface's characters into slices, so that a page fetches the characters it shows and no others.

    python scripts/slice_fonts.py

Writes studio/web/han_slices.txt, a slice of Han characters a line, which the studio cuts from static/fonts/noto-sans-sc when a browser
asks for it; static/fonts/interface/*.woff, the Latin letters; static/fonts/archivo/marks-*.woff, English quotation marks (the other face
draws them as wide as a Han character); and static/css/fonts.css. Run it again when many sentences changed.
Characters are grouped by the rooms of pages that say them: what every page says stands in the first slices. What people may write
beside comes after them, in small blocks of Unicode, so that a rare character costs a few kilobytes.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "static" / "fonts"
FOLDER, SHEET = FONTS / "interface", ROOT / "static" / "css" / "fonts.css"
SLICES = ROOT / "studio" / "web" / "han_slices.txt"
WEIGHTS = {400: "NotoSansSC_400Regular.ttf", 700: "NotoSansSC_700Bold.ttf"}
LATIN = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])) + "–—‘’“”…·×−→←↑↓≤≥≈№€•"
QUOTES, QUOTING = "‘’“”…", {400: "Archivo_400Regular.ttf", 700: "Archivo_700Bold.ttf"}
MARKS = "，。、；：？！（）《》「」『』【】·"
SLICE = 96  # characters of a file
BLOCK = 128  # code points of a file for what the slices lack
HAN = ((0x3000, 0xA000), (0xFF00, 0xFFF0))
SYSTEM = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei")
HEAD = "/* Written by scripts/slice_fonts.py. Noto Sans SC and Archivo under the SIL Open Font License, see OFL.txt beside each. */\n"


def main() -> int:
    slices = list(slices_of_han())
    rest = list(blocks("".join(slices)))
    SLICES.write_text("".join(f"{text}\n" for text in [*slices, *(text for _, text in rest)]), encoding="utf-8")
    version = hashlib.sha256(SLICES.read_bytes()).hexdigest()[:8]
    rules = [HEAD + "@layer base {"]
    for weight in WEIGHTS:
        rules.append(face("Vermilion Quotes", weight, f"../fonts/archivo/marks-{weight}.woff", ranges(QUOTES)))
        rules.append(face("Vermilion", weight, f"../fonts/interface/latin-{weight}.woff", ranges(LATIN)))
        han = [ranges(text) for text in slices] + [span for span, _ in rest]
        addressed = [(f"/faces/han-{n}-{weight}.woff?v={version}", span) for n, span in enumerate(han, start=1)]
        # Blocks first: where ranges overlap, the later rule is taken.
        rules += [face("Vermilion Han", weight, *each) for each in addressed[len(slices) :] + addressed[: len(slices)]]
    rules.append(f"  :root {{ --sans: {families()}; }}")
    rules.append(f'  :root:lang(en) {{ --sans: "Vermilion Quotes", {families()}; }}\n}}\n')
    SHEET.write_text("\n".join(rules), encoding="utf-8")
    latin = [
        cut(FONTS / "noto-sans-sc" / file, LATIN, FOLDER / f"latin-{weight}.woff") for weight, file in WEIGHTS.items()
    ]
    for weight, file in QUOTING.items():
        cut(FONTS / "archivo" / file, QUOTES, FONTS / "archivo" / f"marks-{weight}.woff")
    print(f"{len(slices)} slices of Han and {len(rest)} blocks, two weights; Latin {sum(latin) / 1000:.0f} kB")
    return 0


def families() -> str:
    """Latin always ours; Han from the reader's own machine where it has a face of this kind, else ours."""
    names = ["Vermilion", *SYSTEM, "Vermilion Han"]
    return ", ".join(f'"{name}"' for name in names) + ", system-ui, sans-serif"


def face(family: str, weight: int, address: str, span: str) -> str:
    return (
        f'  @font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap; '
        f'src: url("{address}") format("woff"); unicode-range: {span}; }}'
    )


def blocks(sliced: str) -> Iterator[tuple[str, str]]:
    """(range, characters) of what the font has beside the slices."""
    font = TTFont(FONTS / "noto-sans-sc" / WEIGHTS[400])
    left = {code for first, last in HAN for code in range(first, last) if code in font.getBestCmap()} - set(
        map(ord, sliced)
    )
    for start in sorted({code - code % BLOCK for code in left}):
        yield f"U+{start:X}-{start + BLOCK - 1:X}", "".join(map(chr, sorted(left & set(range(start, start + BLOCK)))))


def ranges(text: Iterable[str]) -> str:
    codes = sorted({ord(character) for character in text})
    spans: list[list[int]] = []
    for code in codes:
        if spans and code == spans[-1][1] + 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in spans)


def slices_of_han() -> Iterator[str]:
    """What many rooms say first, then each room's own, then what the lexicon and the first level of GB 2312 add."""
    rooms = rooms_of_characters()
    order = sorted(rooms, key=lambda c: (-min(len(rooms[c]), 4), sorted(rooms[c])[0], c))
    more = [c for c in common() if c not in rooms]
    text = MARKS + "".join(c for c in order if c not in MARKS) + "".join(more)
    for start in range(0, len(text), SLICE):
        yield "".join(sorted(text[start : start + SLICE]))


def rooms_of_characters() -> dict[str, set[str]]:
    """Each Han character of the studio's sentences, with the files of words that say it."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted((ROOT / "studio").rglob("*.py")):
        for character in re.findall(r"[\u3000-\u9fff\uff00-\uffef]", path.read_text(encoding="utf-8")):
            found[character].add(path.stem)
    return found


def common() -> list[str]:
    """Characters that briefs are likely to say: the lexicon's and the sample briefs'."""
    texts = [ROOT / "generation" / "planning" / "concepts.csv", *sorted((ROOT / "docs" / "briefs").glob("*.yaml"))]
    said = "".join(path.read_text(encoding="utf-8") for path in texts)
    return sorted(set(re.findall(r"[\u3400-\u9fff]", said)))


def cut(source: Path, text: str, target: Path) -> int:
    options = subset.Options()
    options.flavor, options.hinting, options.layout_features = "woff", False, ["kern"]
    options.drop_tables += ["kern"]
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    return target.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
