"""Rows of a sheet, or lines of a chat message, read as drafts of briefs. What is not understood is handed back, never dropped.

Read are tables (tabs, commas, Markdown's bars) with a row of names on top, two columns of name and value, and lines such as
"标题：会员日" or "Price: £5". A line without a name belongs to none: it is left for the person to place.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from generation.planning.moods import MOOD_NAMES

MOST_BYTES, MOST_ROWS = 100_000, 200

_NAMES = {
    "headline": "标题 主标题 大标题 headline title",
    "subline": "副标题 副标 小标题 subline subtitle subhead subheadline",
    "price": "价格 售价 优惠价 活动价 价格或数字 price offer",
    "cta": "按钮 按钮文字 行动按钮 行动号召 cta button call_to_action",
    "legal": "法律声明 声明 免责声明 活动规则 规则 legal legal_line legal_lines disclaimer terms",
    "prompt": "描述 画面 画面描述 需求 创意 prompt description idea picture",
    "mood": "氛围 风格 调性 mood tone",
    "occasion": "场合 节日 节点 活动节点 occasion festival",
    "starts": "开始 开始日期 开始时间 starts start start_date from",
    "ends": "结束 结束日期 结束时间 截止 ends end end_date until",
    "formats": "尺寸 规格 版位 sizes size formats format",
    "goal": "目标 活动目标 goal objective",
    "campaign": "活动代号 campaign",
    "industry": "行业 industry",
    "market": "市场 market",
    "product_type": "产品类型 product_type",
    "landing_url": "链接 落地页 url link landing_url landing_page",
    "variants": "方案数 variants",
    "seed": "种子 seed",
    "concept": "主角 主体 hero concept",
    "brand": "品牌 brand",
}
_FIELD = {name: key for key, names in _NAMES.items() for name in names.split()}
# The name begins with a mark: with room for spaces on either side of its start, a line of spaces would take minutes to refuse.
_LINE = re.compile(r"^(?:[-*•·]|\d{1,2}[.、)])?\s*([^\s:：=][^:：=\t]{0,23}?)\s*(?:[:：=]|\t)\s*(.*)$")
_SIZE = re.compile(r"(\d{2,5})\s*[x×X*＊]\s*(\d{2,5})")
_DATE = re.compile(r"^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$")


class TooMuch(ValueError):
    """More than MOST_BYTES or MOST_ROWS were pasted."""


@dataclass
class Row:
    """One draft. `fields`: by the form's names; `left`: what was not understood, as it was written."""

    fields: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)

    def take(self, name: str, value: str) -> None:
        """Put a value into its field, or leave it with its name where there is no such field, it is taken or can't be read."""
        key, text = field_named(name), value.strip()
        read = _read(key, text) if key else None
        if key == "legal" and read and key in self.fields:
            self.fields[key] += f"\n{read}"
        elif key and read and key not in self.fields:
            self.fields[key] = read
        elif text:
            self.left.append(f"{name.strip()}: {text}" if name.strip() else text)


def read_pasted(text: str) -> list[Row]:
    """The drafts in a pasted text, in its order. TooMuch where it is over the limits; [] where it is blank."""
    if len(text.encode()) > MOST_BYTES:
        raise TooMuch
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n\ufeff ")
    table = _table(text)
    rows = _of_table(table) if table else _of_lines(text)
    if len(rows) > MOST_ROWS:
        raise TooMuch
    return rows


def field_named(name: str) -> str | None:
    """The form's field that a heading names, in either language."""
    bare = unicodedata.normalize("NFKC", name).strip(" *_`#【】[]「」:").casefold()
    return _FIELD.get(re.sub(r"[\s_-]+", "_", bare))


def _table(text: str) -> list[list[str]] | None:
    """The cells of a table whose first row has at least two names of fields, else None."""
    lines = text.split("\n")
    if lines[0].lstrip().startswith("|"):
        bars = [line for line in lines if line.strip() and not re.fullmatch(r"[\s|:-]+", line)]
        table = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in bars]
    else:
        mark = "\t" if "\t" in lines[0] else ","
        try:
            table = [row for row in csv.reader(io.StringIO(text), delimiter=mark) if any(row)]
        except csv.Error:
            return None
    return table if table and sum(field_named(cell) is not None for cell in table[0]) >= 2 else None


def _of_table(table: Sequence[Sequence[str]]) -> list[Row]:
    names, rows = table[0], []
    for cells in table[1:]:
        row = Row()
        for place, cell in enumerate(cells):
            row.take(names[place] if place < len(names) else "", cell)
        rows.append(row)
    return rows


def _of_lines(text: str) -> list[Row]:
    """Lines of name and value; a second headline begins another draft."""
    rows: list[Row] = []
    for line in text.split("\n"):
        found = _LINE.match(line.strip().strip("|").strip())
        key = field_named(found[1]) if found else None
        if not rows or (key == "headline" and "headline" in rows[-1].fields):
            rows.append(Row())
        if found and key:
            rows[-1].take(found[1], found[2])
        elif line.strip():
            rows[-1].left.append(line.strip())
    return [row for row in rows if row.fields or row.left]


def _read(key: str, text: str) -> str | None:
    """The value as the form takes it; None where it can't be read."""
    if key == "mood":
        return next((m for m, w in MOOD_NAMES.items() if text.casefold() in (m, w.en.casefold(), w.zh)), None)
    if key in ("starts", "ends"):
        return _day(text)
    if key == "formats":
        rest = _SIZE.sub("", text)
        sizes = dict.fromkeys(f"{w}x{h}" for w, h in _SIZE.findall(text))
        return None if re.search(r"\w", rest) else ",".join(sizes) or None
    return text or None


def _day(text: str) -> str | None:
    found = _DATE.match(unicodedata.normalize("NFKC", text))
    try:
        return date(*(int(part) for part in found.groups())).isoformat() if found else None
    except ValueError:
        return None
