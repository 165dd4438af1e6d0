"""Cuts the shipped font files out of the full open-licence families. Run once by hand when a family changes.

    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 …        # one tarball per family of SOURCES
    python -m generation.typography.subset_fonts TARBALL_DIR static/fonts

Each file keeps GB 2312, Latin and Latin-1, punctuation, currency signs and arrows; no hints, no layout tables but
kerning, which is written as the plain `kern` table that our own shaper reads (shaping.py). Licences go beside the files.
"""

from __future__ import annotations

import argparse
import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

# Han in use on posters though outside GB 2312, signs that copy needs, and the units that prices carry.
EXTRA = (
    "〇囍喆堃囧犇骉燚淼垚镕瑆翀赟妤婳祎珺煊梓玥昇咗哋啲嘢嘚瑟咻咚咔嗨嘞㎡㎏℃℉№™®©•‣※✓✔★☆♥♡→←↑↓↗↘▲▼●◆"
    "■€£¥￥₩₽₹฿¢′″×÷±≈≤≥−–—―…‘’“”‚„‹›«»·・‧⁺"
)
# Characters of GB 2312's second level that headlines do use; display faces carry these and the whole first level.
DISPLAY_EXTRA = (
    "璀璨臻馨熠旖旎璞珏珑琳琅琥珀瑰玫瑾瑜璇玑玺琉璃珺玲翡缤馥郁芬芳芙蓉莲荷菡萏薇蔷茉莉薰芸芷菁萃蕴葳蕤茗荟蓓蕾藜蔻苒苑茜莞荃茵茸"
    "璧晟曦昕昊昱晗晖煜炫烨炽焱烁熹凰麒麟貔貅龛鸾鹏鸿鹭鹂雁鲤鲸鳞鳌骏骋骐驰驿骁饕餮饺馄饨馅馒馕麻酪酥酝酿醇醉醺酩酊糯粽汤圆"
    "悦怡恬恺惬憬憧愫忱恪懿忻惦惬怿翩翱翔翎羿翊羽翠粲絮绮缕绫缎绒绚纭缱绻缇绯缦绾缀缪缭绣绎绽斓斑斐旌旗晏晔昙朦胧朔"
    "沁沐泓泠洄浣涓淇淳渝渊漪潋滟澜澈澄潺瀚瀛溯滢滋涟涵沏泡泸湘湄濛霁霏霓雯霖霄雾霭穹苍寰宸宥宓寤寐岚岱峦崂嵘嵋巍峨巅"
    "逍遥逅邂遨邃逸逑迢迩遐迭遴夙夜嫣娉婷婉娴婵娟姝妍妩媚嫦娥嫱倩俪俏俐倜傥倬伉俪侠偌佰亿仟仨俩优倘忖偕偎僮囡囹圃囿"
    "笙箫筝箴箐篝篷簇簪笃竺筠筱筹楹榭榕榴檀棠梵梓梧桐枇杷柚栀栎桦楠槿樱橙橘柠檬榈棕榻杏桔枸杞糖秋稞穗稷黍麦"
    "抟拂挈撷捺掬揽揄撸撩攸擎擘擢擂搏鏖钜钰铄铠铂钛铭锦镌镜锐铿锵鎏鑫鑫銮钥钻镶镯锝锂钠钧铢钗钿釉瓯瓷甄瓴瓮"
    "砺碧磐硕礴祯祺禧禛祉祚祜祈祀禅祎禾秉稔穰畅畴畿皓皎皑皖盎盏盈眸眺睿睐瞩瞻瞳矜矫矩砚耄耋耆聆聚赋赏赐赚赠赞赢"
    "跻跃踪踏踊蹈蹦蹊跷跬踱轩辄辕辔轶轸辉辈邸郇郴鄞鄢酉闵阈阆阑阖阙阔闪闺闻闽阜隽隅隰雍雎韬韵韶颐颖颉颔飒飓飙飨"
    "亘亓丕丞俨僖兖兢冽冼凛凇凯凫刎剔剽劭勋匝匠卅卞卿叱咤叮咛咦咪咩咯哒哇哦哧唔唠唢嗖嗒嗲嘀嘟嘻噗噜噢嚯囔喵嗷嗅"
    "坞垠埔垣塬墅墉墩壑壹圻坤垭奕奂奚妤妲姹嫒孜孢孺宕寅尕屐屹峥崎嵩嶙帏帷幄幔庖庠廊廓弋弦彗彤彦彧彪彬徜徉徕忐忑"
)
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, 0x160, 0x161, 0x178, 0x17D, 0x17E]
KERN_PAIRS = 10_900  # a format-0 subtable's length is a uint16: 6 bytes a pair, and some readers trust it


@dataclass(frozen=True)
class Source:
    """One family: its npm package and version, the members kept, and whether it carries Han."""

    package: str
    version: str
    members: tuple[str, ...]
    han: Literal["all", "display", ""]  # GB 2312, its display subset, none


SOURCES = (
    Source(
        "noto-sans-sc",
        "0.4.3",
        ("400Regular/NotoSansSC_400Regular", "700Bold/NotoSansSC_700Bold", "900Black/NotoSansSC_900Black"),
        "all",
    ),
    Source("noto-serif-sc", "0.4.3", ("900Black/NotoSerifSC_900Black",), "display"),
    Source("zcool-xiaowei", "0.4.1", ("400Regular/ZCOOLXiaoWei_400Regular",), "display"),
    Source("zcool-kuaile", "0.4.2", ("400Regular/ZCOOLKuaiLe_400Regular",), "display"),
    Source(
        "archivo",
        "0.4.2",
        ("400Regular/Archivo_400Regular", "700Bold/Archivo_700Bold", "900Black/Archivo_900Black"),
        "",
    ),
    Source(
        "outfit",
        "0.4.3",
        ("400Regular/Outfit_400Regular", "600SemiBold/Outfit_600SemiBold", "800ExtraBold/Outfit_800ExtraBold"),
        "",
    ),
    Source("fredoka", "0.4.1", ("600SemiBold/Fredoka_600SemiBold",), ""),
)


def gb2312(last_row: int = 0xF7) -> list[int]:
    """The code points of GB 2312's signs, kana and Han up to a row (0xD7: first level, 0xF7: all)."""
    rows = [0xA1, 0xA2, 0xA3, *((0xA4, 0xA5) if last_row == 0xF7 else ()), *range(0xB0, last_row + 1)]
    return sorted({ord(c) for row in rows for c in _row(row)})


def _row(row: int) -> Iterator[str]:
    for cell in range(0xA1, 0xFF):
        try:
            yield bytes([row, cell]).decode("gb2312")
        except UnicodeDecodeError:
            continue


def wanted(han: str) -> list[int]:
    """The code points that a file keeps."""
    display = {*gb2312(0xD7), *map(ord, DISPLAY_EXTRA)} if han == "display" else set()
    return sorted({*LATIN, *map(ord, EXTRA), *display, *(gb2312() if han == "all" else [])})


def cut(data: bytes, *, han: str) -> bytes:
    """One TTF cut to its wanted characters. Raises fontTools' own errors when `data` is no font."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data))
    options = Options(hinting=False, desubroutinize=True, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14])
    options.layout_features = ["kern"]
    options.drop_tables += ["DSIG", "vhea", "vmtx", "GSUB", "VORG", "STAT", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted(han))
    subsetter.subset(font)
    write_kern(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def write_kern(font: Any) -> None:
    """Replaces GPOS by a `kern` table with the same horizontal pairs, widest adjustments first where they are too many."""
    from fontTools.ttLib import newTable
    from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

    pairs = dict(gpos_pairs(font)) if "GPOS" in font else {}
    latin = {name for code, name in font.getBestCmap().items() if code < 0x250 or 0x2010 <= code <= 0x20BF}
    kept = {p: v for p, v in pairs.items() if v and p[0] in latin and p[1] in latin}
    if "GPOS" in font:
        del font["GPOS"]
    if not kept:
        return
    table = KernTable_format_0(apple=False)
    table.coverage, table.format, table.tupleIndex = 1, 0, None
    table.kernTable = dict(sorted(kept.items(), key=lambda i: -abs(i[1]))[:KERN_PAIRS])
    font["kern"] = newTable("kern")
    font["kern"].version, font["kern"].kernTables = 0, [table]


def gpos_pairs(font: Any) -> Iterator[tuple[tuple[str, str], int]]:
    """(left, right) glyph names with their horizontal adjustment in font units, the first lookup that speaks of a pair last."""
    lookups = font["GPOS"].table.LookupList.Lookup if font["GPOS"].table.LookupList else []
    for lookup in reversed(lookups):
        for subtable in reversed(lookup.SubTable):
            real = getattr(subtable, "ExtSubTable", subtable)
            if real.LookupType == 2:
                yield from (_glyph_pairs(real) if real.Format == 1 else _class_pairs(real))


def _glyph_pairs(subtable: Any) -> Iterator[tuple[tuple[str, str], int]]:
    for left, pair_set in zip(subtable.Coverage.glyphs, subtable.PairSet, strict=True):
        for record in pair_set.PairValueRecord:
            yield (left, record.SecondGlyph), _advance(record.Value1)


def _class_pairs(subtable: Any) -> Iterator[tuple[tuple[str, str], int]]:
    second: dict[int, list[str]] = {}
    for glyph, number in subtable.ClassDef2.classDefs.items():
        second.setdefault(number, []).append(glyph)
    for left in subtable.Coverage.glyphs:
        row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(left, 0)].Class2Record
        for number, rights in second.items():
            for right in rights:
                yield (left, right), _advance(row[number].Value1)


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0)


def read_family(tarball: Path, source: Source) -> tuple[dict[str, bytes], bytes]:
    """The kept members of an npm tarball by file name, and the family's licence text."""
    with tarfile.open(tarball) as archive:
        files = {f"{Path(m).name}.ttf": _member(archive, f"package/{m}.ttf") for m in source.members}
        return files, _member(archive, "package/LICENSE_FONT")


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    handle = archive.extractfile(name)
    if handle is None:
        raise FileNotFoundError(name)
    return handle.read()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tarballs", type=Path, help="folder with expo-google-fonts-<family>-<version>.tgz files")
    parser.add_argument("out", type=Path, help="folder of the shipped fonts, usually static/fonts")
    arguments = parser.parse_args()
    for source in SOURCES:
        tarball = arguments.tarballs / f"expo-google-fonts-{source.package}-{source.version}.tgz"
        files, licence = read_family(tarball, source)
        folder = arguments.out / source.package
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "OFL.txt").write_bytes(licence)
        for name, data in files.items():
            (folder / name).write_bytes(cut(data, han=source.han))


if __name__ == "__main__":
    main()
