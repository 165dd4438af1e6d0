"""An SVG rewritten from a list of what a logo may hold: shapes, paths, gradients, clips. Anything active is refused.

Runs inside the child process (see child.py), so it imports nothing of the project. Harmless extras that editors leave
behind (metadata, titles, comments, foreign namespaces) are dropped; class styles and style attributes become plain attributes,
because the drawing library knows no style sheets.
"""

import io
import re
from collections.abc import Mapping
from typing import Any
from xml.sax import SAXParseException, handler
from xml.sax.saxutils import quoteattr

from defusedxml import sax
from defusedxml.common import DefusedXmlException

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
Attributes = Mapping[tuple[str | None, str], str]  # (namespace, name) to value

MAX_BYTES, MAX_ELEMENTS, MAX_DEPTH = 1_000_000, 4_000, 40

ELEMENTS = frozenset(
    {
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "linearGradient",
        "radialGradient",
    }
    | {"stop", "clipPath"}
)
DROPPED = frozenset({"title", "desc", "metadata", "namedview"})
PRESENTATION = frozenset(
    {
        "fill",
        "fill-opacity",
        "fill-rule",
        "stroke",
        "stroke-width",
        "stroke-opacity",
        "stroke-linecap",
        "stroke-linejoin",
    }
    | {
        "stroke-miterlimit",
        "stroke-dasharray",
        "stroke-dashoffset",
        "opacity",
        "stop-color",
        "stop-opacity",
        "clip-path",
    }
    | {"clip-rule", "color", "display", "visibility"}
)
GEOMETRY = frozenset(
    {"id", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "width", "height", "points"}
    | {"transform", "viewBox", "preserveAspectRatio", "offset", "gradientUnits", "gradientTransform", "spreadMethod"}
    | {"clipPathUnits", "pathLength", "version"}
)
PAINTS = frozenset({"fill", "stroke", "stop-color", "color"})
WORDS = frozenset({"none", "currentcolor", "inherit", "transparent"})

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_FUNCTION = re.compile(r"(?:rgb|rgba|hsl|hsla)\(\s*[-+0-9.%,\s/deg]+\)", re.IGNORECASE)
_INSIDE = re.compile(r"url\(\s*['\"]?#[\w.:-]+['\"]?\s*\)(?:\s+\S+)?")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


class NotAllowed(Exception):
    def __init__(self, code: str, what: str = "", line: int = 0) -> None:
        super().__init__(code)
        self.code, self.what, self.line = code, what[:80], line


def rewrite(data: bytes) -> str:
    """The clean drawing. NotAllowed with a code, what was found and its line."""
    if len(data) > MAX_BYTES:
        raise NotAllowed("svg-size")
    writer = _Writer()
    parser = sax.make_parser()
    parser.forbid_dtd = True
    parser.setFeature(handler.feature_namespaces, True)
    parser.setContentHandler(writer)
    try:
        parser.parse(io.BytesIO(data))
    except DefusedXmlException as error:
        raise NotAllowed("doctype", type(error).__name__) from error
    except SAXParseException as error:
        raise NotAllowed("not-xml", error.getMessage(), error.getLineNumber() or 0) from error
    if not writer.elements:
        raise NotAllowed("empty")
    return "".join(writer.out)


class _Writer(handler.ContentHandler):
    """Writes what is allowed as it comes, and raises at the first thing that is not."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.elements = 0
        self.depth = 0
        self.skipping = 0
        self.style: list[str] | None = None
        self.classes: dict[str, dict[str, str]] = {}

    @property
    def line(self) -> int:
        return int(self._locator.getLineNumber() or 0)  # type: ignore[attr-defined]

    def refuse(self, code: str, what: str) -> NotAllowed:
        return NotAllowed(code, what, self.line)

    def startElementNS(self, name: Any, qname: Any, attrs: Any) -> None:  # noqa: N802 - SAX's name
        space, tag = name
        self.elements += 1
        self.depth += 1
        if self.elements > MAX_ELEMENTS or self.depth > MAX_DEPTH:
            raise self.refuse("svg-size", tag)
        if self.elements == 1 and (tag != "svg" or space not in (SVG, None)):
            raise self.refuse("not-svg", tag)
        if self.skipping or tag in DROPPED or space not in (SVG, None):
            self.skipping += 1
        elif tag == "script":
            raise self.refuse("script", "<script>")
        elif tag == "style":
            self.style = []
        elif tag not in ELEMENTS:
            raise self.refuse("element", tag)
        else:
            self._open(tag, attrs)

    def _open(self, tag: str, attrs: Attributes) -> None:
        plain: dict[str, str] = {}
        styled: dict[str, str] = {}
        for (space, name), value in attrs.items():
            if name.lower().startswith("on"):
                raise self.refuse("script", name)
            if name == "href":
                plain.update(self._href(tag, value))
            elif space is None and name == "class":
                for label in value.split():
                    styled.update(self.classes.get(label, {}))
            elif space is None and name == "style":
                styled.update(self._declarations(value))
            elif space is None and (name in GEOMETRY or name in PRESENTATION):
                plain[name] = self._checked(name, value)
        plain.update(styled)
        space = f' xmlns="{SVG}" xmlns:xlink="{XLINK}"' if not self.out else ""
        written = "".join(f" {name}={quoteattr(value)}" for name, value in plain.items())
        self.out.append(f"<{tag}{space}{written}>")

    def _href(self, tag: str, value: str) -> dict[str, str]:
        """Only a gradient may borrow from another, and only from one in this drawing."""
        if not re.fullmatch(r"#[\w.:-]+", value.strip()) or not tag.endswith("Gradient"):
            raise self.refuse("href", value)
        return {"xlink:href": value.strip()}

    def _checked(self, name: str, value: str) -> str:
        folded = value.strip()
        if "url(" in folded.lower() and not _INSIDE.fullmatch(folded):
            raise self.refuse("href", folded)
        if name in PAINTS and not self._is_paint(folded):
            raise self.refuse("color", folded)
        return folded

    @staticmethod
    def _is_paint(value: str) -> bool:
        low = value.lower()
        patterns = (_HEX, _FUNCTION, _INSIDE)
        return low in WORDS or low in NAMES or any(pattern.fullmatch(value) for pattern in patterns)

    def _declarations(self, text: str) -> dict[str, str]:
        """CSS declarations as attributes; those that draw nothing are dropped."""
        found = {}
        for part in text.split(";"):
            name, colon, value = part.partition(":")
            if colon and name.strip() in PRESENTATION:
                found[name.strip()] = self._checked(name.strip(), value.replace("!important", ""))
            elif "url(" in value.lower() or "expression" in value.lower():
                raise self.refuse("href", value.strip())
        return found

    def characters(self, content: str) -> None:
        if self.style is not None:
            self.style.append(content)

    def endElementNS(self, name: Any, qname: Any) -> None:  # noqa: N802
        self.depth -= 1
        if self.skipping:
            self.skipping -= 1
        elif self.style is not None:
            self._take_style("".join(self.style))
            self.style = None
        else:
            self.out.append(f"</{name[1]}>")

    def _take_style(self, sheet: str) -> None:
        """Class rules only; anything that reaches outside is refused."""
        text = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
        if "@" in text or "\\" in text:
            raise self.refuse("style", text.strip())
        for selectors, body in _RULE.findall(text):
            declared = self._declarations(body)
            for selector in selectors.split(","):
                label = selector.strip()
                if label.startswith("."):
                    self.classes.setdefault(label[1:], {}).update(declared)


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


NAMES = _words(
    "aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood cadetblue "
    "chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey "
    "darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue darkslategray "
    "darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray dimgrey dodgerblue firebrick floralwhite forestgreen "
    "fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki "
    "lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen "
    "lightgrey lightpink lightsalmon lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime "
    "limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue "
    "mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive "
    "olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum "
    "powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell sienna silver skyblue "
    "slateblue slategray slategrey snow springgreen steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke "
    "yellow yellowgreen"
)
