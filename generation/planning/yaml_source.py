"""A brief's YAML, read safely: plain data and the line of each value, or the problems in words.

YAML from people can be a weapon: aliases that expand to billions of nodes, tags that build objects, towers of brackets.
So the text is measured first (size, depth, nodes once aliases are expanded), then composed, and only plain scalars,
lists and mappings are built. Duplicate keys, which YAML libraries swallow, are faults here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.reader import ReaderError

from generation.errors import BriefProblem, BriefProblems

MAX_BYTES = 256 * 1024
MAX_DEPTH = 12
MAX_NODES = 20_000
MAX_ALIASES = 100
MAX_BITS = 64  # of a whole number; a much longer one could not even be quoted in a sentence

Location = tuple[str | int, ...]

_PLAIN = frozenset(
    f"tag:yaml.org,2002:{kind}" for kind in ("null", "bool", "int", "float", "str", "timestamp", "map", "seq")
)


@dataclass
class Source:
    """The data of one YAML document; `lines` maps a path such as ("copy", "headline") to its 1-based line."""

    data: Any = None
    lines: dict[Location, int] = field(default_factory=dict)

    def line_of(self, location: Location) -> int | None:
        """The line of the value at `location`, or of the nearest part of the document that holds it."""
        for length in range(len(location), -1, -1):
            if location[:length] in self.lines:
                return self.lines[location[:length]]
        return None


def read_yaml(text: str | bytes | Path) -> Source:
    """The one document in `text` or in a file. BriefProblems (field "brief") where it is not safe, not YAML, or says a key twice;
    OSError from the file, of which no more is read than a brief may have."""
    if isinstance(text, Path):
        with text.open("rb") as file:
            text = file.read(MAX_BYTES + 1)
    raw = text.encode("utf-8", errors="surrogatepass") if isinstance(text, str) else text
    if len(raw) > MAX_BYTES:
        raise _fault(
            f"The brief is longer than {MAX_BYTES // 1024} KB. Shorten it.",
            f"简报超过 {MAX_BYTES // 1024} KB。请精简内容。",
        )
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _fault(
            "The file is not UTF-8 text. Save it again as UTF-8.", "文件不是 UTF-8 文本，请另存为 UTF-8。", line=line
        ) from None
    try:
        _measure_events(content)
        node = yaml.compose(content, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _not_yaml(error, content) from None
    if node is None:
        return Source(data=None, lines={(): 1})
    _measure_expansion(node)
    return _build(node)


def _measure_events(content: str) -> None:
    """Refuse towers and floods before anything is kept: events come one at a time."""
    depth = nodes = aliases = 0
    for event in yaml.parse(content, Loader=yaml.SafeLoader):
        line = _line_of(event)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        nodes += isinstance(event, yaml.NodeEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        if depth > MAX_DEPTH:
            raise _fault(
                f"The brief is nested more than {MAX_DEPTH} levels deep. Flatten it.",
                f"简报的嵌套超过 {MAX_DEPTH} 层，请减少层级。",
                line=line,
            )
        if nodes > MAX_NODES:
            raise _fault(
                f"The brief holds more than {MAX_NODES:,} values. Shorten it.",
                f"简报包含的值超过 {MAX_NODES:,} 个，请精简。",
                line=line,
            )
        if aliases > MAX_ALIASES:
            raise _too_many_aliases(line)


def _line_of(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _too_many_aliases(line: int) -> BriefProblems:
    return _fault(
        "The YAML aliases (*name) repeat too much. Write the values out instead.",
        "YAML 别名（*name）展开后过大，请直接写出内容。",
        line=line,
    )


def _measure_expansion(root: yaml.Node) -> None:
    """Refuse a document that grows past MAX_NODES when its aliases are written out, without writing them out."""
    sizes: dict[int, int] = {}
    open_nodes: set[int] = set()

    def size(node: yaml.Node) -> int:
        if id(node) in sizes:
            return sizes[id(node)]
        if id(node) in open_nodes:  # an anchor inside itself
            raise _too_many_aliases(node.start_mark.line + 1)
        open_nodes.add(id(node))
        total = 1 + sum(size(child) for child in _children(node))
        open_nodes.discard(id(node))
        sizes[id(node)] = total
        if total > MAX_NODES:
            raise _too_many_aliases(node.start_mark.line + 1)
        return total

    size(root)


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


class _Builder:
    """Turns composed nodes into data, keeping each value's line and every fault found on the way."""

    def __init__(self) -> None:
        self.source = Source()
        self.problems: list[BriefProblem] = []
        self._scalars = SafeConstructor()

    def value(self, node: yaml.Node, location: Location) -> Any:
        self.source.lines[location] = node.start_mark.line + 1
        if node.tag not in _PLAIN:
            return self._tagged(node, location)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*location, i)) for i, child in enumerate(node.value)]
        return self._scalar(node, location)

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            line = key_node.start_mark.line + 1
            if not key:
                self._problem("A key must be a plain word.", "键必须是普通文字。", location, line)
                continue
            if key in built:
                first = self.source.lines[(*location, key)]
                self._problem(
                    f"“{key[:60]}” is written twice (first on line {first}). Keep one.",
                    f"“{key[:60]}”出现了两次（第一次在第 {first} 行），请只保留一个。",
                    (*location, key),
                    line,
                )
                continue
            built[key] = self.value(value_node, (*location, key))
            self.source.lines[(*location, key)] = line
        return built

    def _scalar(self, node: yaml.Node, location: Location) -> Any:
        try:
            value = self._scalars.construct_object(node)
            if isinstance(value, int) and value.bit_length() > MAX_BITS:
                raise OverflowError
            return value
        except (ValueError, ConstructorError, OverflowError):
            shown = str(node.value)[:40]
            self._problem(
                f"“{shown}” looks like a number or a date but is not one. Correct it, or put quotes around it.",
                f"“{shown}”像数字或日期但无效。请更正，或加上引号。",
                location,
                node.start_mark.line + 1,
            )
            return None

    def _tagged(self, node: yaml.Node, location: Location) -> None:
        self._problem(
            f"The tag {node.tag[:60]} is not allowed: a brief holds plain text, numbers, dates and lists.",
            f"不允许使用标签 {node.tag[:60]}：简报只能包含文字、数字、日期和列表。",
            location,
            node.start_mark.line + 1,
        )

    def _problem(self, en: str, zh: str, location: Location, line: int) -> None:
        name = ".".join(str(part) for part in location) or "brief"
        self.problems.append(BriefProblem(en, zh, field=name, line=line))


def _build(node: yaml.Node) -> Source:
    builder = _Builder()
    builder.source.data = builder.value(node, ())
    if builder.problems:
        raise BriefProblems(builder.problems)
    return builder.source


def _not_yaml(error: yaml.YAMLError, content: str) -> BriefProblems:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else None
    if isinstance(error, ReaderError):  # a character that no YAML may hold
        line = content[: error.position].count("\n") + 1
    detail = str(getattr(error, "problem", None) or error).splitlines()[0][:160]
    return _fault(
        f"The brief cannot be read as YAML: {detail}. Check the indentation, colons and quotes there.",
        f"简报不是有效的 YAML：{detail}。请检查此处的缩进、冒号和引号。",
        line=line,
    )


def _fault(en: str, zh: str, *, line: int | None = None) -> BriefProblems:
    return BriefProblems([BriefProblem(en, zh, field="brief", line=line)])
