"""Starts the child process, feeds it one file, and turns its answer into a value or a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from brand_styles.words import Words

CHILD = Path(__file__).with_name("child.py")
MAX_FILE_BYTES = 25 * 1024 * 1024
MEMORY_BYTES = 1_200_000_000
CPU_SECONDS = 15
WALL_SECONDS = 40.0


class Refused(Exception):
    """A file that was not taken in. `code` is stable; `words` say what is wrong, where, and what to do."""

    def __init__(self, code: str, words: Words) -> None:
        super().__init__(words.en)
        self.code = code
        self.words = words


def ask_child(
    task: str,
    data: bytes,
    *arguments: int,
    memory: int = MEMORY_BYTES,
    seconds: int = CPU_SECONDS,
    wall: float | None = None,
) -> tuple[dict[str, Any], bytes]:
    """(header, payload) of the child's answer. Refused where it refuses, dies of its limits or takes too long."""
    if len(data) > MAX_FILE_BYTES:
        raise _refused("size", {})
    command = [sys.executable, "-I", str(CHILD), task, *map(str, (*arguments, memory, seconds))]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=wall or WALL_SECONDS, env=_environment(), check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _refused("time", {}) from error
    line, _, payload = done.stdout.partition(b"\n")
    try:
        header: dict[str, Any] = json.loads(line)
    except ValueError:  # killed by its limits before it could answer
        raise _refused("time" if done.returncode == -24 else "memory", {}) from None
    if "refused" in header or header.get("bytes") != len(payload):
        raise _refused(header.get("refused", "memory"), header)
    return header, payload


def _environment() -> dict[str, str]:
    """Nothing of ours: no secrets, no paths to import from."""
    return {"PATH": os.defpath, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}


def _refused(code: str, facts: dict[str, Any]) -> Refused:
    en, zh = _SENTENCES.get(code, _SENTENCES["memory"])
    line = facts.get("line")
    shown = {
        "what": str(facts.get("what", ""))[:80],
        "limit": facts.get("limit", ""),
        "size": f"{facts['width']}x{facts['height']}" if "width" in facts else "",
        "max": MAX_FILE_BYTES // 1_048_576,
        "at_en": f" on line {line}" if line else "",
        "at_zh": f"第 {line} 行" if line else "",
    }
    return Refused(code, Words(en=en.format(**shown), zh=zh.format(**shown)))


_SENTENCES: dict[str, tuple[str, str]] = {
    "size": (
        "The file is larger than {max} MB. Save it smaller.",
        "文件超过 {max} MB。请压缩后再上传。",
    ),
    "type": (
        "The file is not a PNG, JPEG or WebP picture, whatever its name says. Save it as PNG.",
        "文件不是 PNG、JPEG 或 WebP 图片（与扩展名无关）。请另存为 PNG。",
    ),
    "pixels": (
        "The picture {size} unpacks to more than {limit} megapixels. Save it smaller.",
        "图片 {size} 解开后超过 {limit} 兆像素。请缩小后再上传。",
    ),
    "truncated": (
        "The picture breaks off before its end: the file is damaged or was not copied whole. Export it again.",
        "图片数据不完整：文件损坏或未传完。请重新导出。",
    ),
    "memory": (
        "The file asks for more memory than a picture may take and was put down. Save it again, smaller.",
        "解码该文件所需内存超过上限，已停止。请缩小后重新保存。",
    ),
    "time": (
        "The file takes longer to open than a picture may and was put down. Save it again, simpler.",
        "解码该文件耗时超过上限，已停止。请简化后重新保存。",
    ),
    "document": (
        "The file is not a PDF, PNG or JPEG, whatever its name says. Save it as one of these.",
        "文件不是 PDF、PNG 或 JPEG（与扩展名无关）。请另存为其中一种。",
    ),
    "pdf-end": (
        "The PDF breaks off before its end: the file is damaged or was not copied whole. Export it again.",
        "PDF 数据不完整：文件损坏或未传完。请重新导出。",
    ),
    "pdf-active": (
        "The PDF holds something that acts by itself ({what}). Print it to a plain PDF and send that.",
        "PDF 含有可自动执行的内容（{what}）。请打印为普通 PDF 后再上传。",
    ),
    "script": (
        "The SVG holds a script ({what}){at_en}. Export it without scripts or event handlers.",
        "SVG{at_zh}包含脚本（{what}）。请去除脚本和事件后重新导出。",
    ),
    "element": (
        "The SVG holds <{what}>{at_en}, which a logo may not: only shapes, paths, gradients and clips. "
        "Convert text to outlines and export again.",
        "SVG{at_zh}包含不允许的元素 <{what}>：只能有形状、路径、渐变和裁切。请将文字转曲后重新导出。",
    ),
    "href": (
        "The SVG points outside itself ({what}){at_en}. Embed shapes instead of links.",
        "SVG{at_zh}引用了外部内容（{what}）。请改为内嵌图形。",
    ),
    "style": (
        "The SVG holds a style sheet that reaches outside ({what}){at_en}. Export with presentation attributes.",
        "SVG{at_zh}的样式表引用了外部内容（{what}）。请以“演示属性”方式导出。",
    ),
    "doctype": (
        "The SVG declares a DOCTYPE or entities, which can be used to overload the reader. Remove the declaration.",
        "SVG 含有 DOCTYPE 或实体声明，可能被用于攻击。请删除该声明。",
    ),
    "color": (
        "The SVG uses “{what}”{at_en}, which is not a colour. Write it as #RRGGBB.",
        "SVG{at_zh}中的“{what}”不是颜色。请写成 #RRGGBB。",
    ),
    "not-svg": (
        "The file's root is <{what}>, not <svg>. Export it as SVG.",
        "文件的根元素是 <{what}>，不是 <svg>。请导出为 SVG。",
    ),
    "not-xml": (
        "The SVG cannot be read{at_en}: {what}. Export it again.",
        "SVG{at_zh}无法解析：{what}。请重新导出。",
    ),
    "svg-size": (
        "The SVG is larger or deeper than a logo needs. Simplify it.",
        "SVG 的体积或层级超出标志所需，请简化。",
    ),
    "cut-nothing": (
        "Nothing could be told from the ground here. Draw the rectangle closer around the product, or brush over it to keep it.",
        "未能从背景中分出产品。请把矩形框贴近产品，或用“保留”画笔涂一下产品。",
    ),
    "cut-everything": (
        "The whole photo would be kept. Draw a rectangle around the product, or brush the ground to remove it.",
        "整张照片都会被保留。请用矩形框住产品，或用“去除”画笔涂一下背景。",
    ),
    "cut-rectangle": (
        "The rectangle is too small or has no size. Draw it around the whole product.",
        "矩形过小或无效。请重新框住整个产品。",
    ),
    "cut-strokes": (
        "The brush strokes cannot be read, or are more than 400. Undo some and try again.",
        "画笔笔迹无法读取或超过 400 笔。请撤销一部分后重试。",
    ),
    "logo-type": (
        "The file is neither an SVG nor a PNG, whatever its name says. Export the logo as one of these.",
        "文件既不是 SVG 也不是 PNG（与扩展名无关）。请将标志导出为其中一种。",
    ),
    "logo-side": (
        "The PNG {size} is longer than {limit} pixels on a side, more than a logo needs. Export it smaller, or as SVG.",
        "PNG {size} 的边长超过 {limit} 像素，超出标志所需。请导出较小的文件，或改用 SVG。",
    ),
    "logo-clear": (
        "Every pixel of the PNG is transparent: there is nothing to see. Export the logo again.",
        "PNG 的所有像素都是透明的，没有可见内容。请重新导出标志。",
    ),
    "css-size": (
        "The style sheet is larger than 4 MB. Send the one that sets colours and fonts.",
        "样式表超过 4 MB。请只上传设定颜色与字体的那一份。",
    ),
    "css-type": (
        "This is no style sheet as text. Send a CSS file, an SVG or PNG logo, or a PDF.",
        "内容不是文本样式表。请上传 CSS 文件、SVG 或 PNG 标志，或 PDF。",
    ),
    "css-empty": (
        "The style sheet names neither a colour nor a font. Send the one that sets them.",
        "样式表中没有颜色或字体。请上传设定它们的那一份。",
    ),
    "pdf-locked": (
        "The PDF asks for a password. Save it without one and send that.",
        "PDF 需要密码。请去除密码后重新上传。",
    ),
    "pdf-broken": (
        "The PDF cannot be read: it is damaged. Export it again.",
        "PDF 无法读取，文件已损坏。请重新导出。",
    ),
    "pdf-empty": (
        "The PDF shows neither colours nor fonts nor pictures that could be read. Send another, or type the colours.",
        "PDF 中没有可读取的颜色、字体或图片。请换一份，或直接填写颜色。",
    ),
    "font-type": (
        "The file is no TTF, OTF or WOFF2 font, whatever its name says. Export it as one of these.",
        "文件不是 TTF、OTF 或 WOFF2 字体（与扩展名无关）。请导出为其中一种。",
    ),
    "font-collection": (
        "The file holds several fonts (TTC). Upload the one that is used, as TTF or OTF.",
        "文件是字体集（TTC）。请单独上传所用的 TTF 或 OTF。",
    ),
    "font-variable": (
        "This is a variable font. Upload the weights that are used as files of their own.",
        "这是可变字体。请上传所用字重的静态字体文件。",
    ),
    "font-size": (
        "The font unpacks to more than a font needs. Upload one with the characters that are used.",
        "字体解开后超出所需大小。请上传只含所用字符的版本。",
    ),
    "font-restricted": (
        "The font's own embedding bits (fsType {what}) forbid embedding it. Ask its maker for a version that may be embedded.",
        "字体自身的嵌入权限（fsType {what}）禁止嵌入。请向字体厂商索取允许嵌入的版本。",
    ),
    "font-empty": (
        "The font has neither the Latin alphabet nor 500 common Chinese characters. Upload the whole font.",
        "字体既没有完整拉丁字母，也不足 500 个常用汉字。请上传完整字体。",
    ),
    "font-broken": (
        "The font cannot be read to its end ({what}). It is damaged: export it again.",
        "字体无法完整读取（{what}），文件已损坏。请重新导出。",
    ),
    "empty": ("The SVG is empty.", "SVG 是空的。"),
}
