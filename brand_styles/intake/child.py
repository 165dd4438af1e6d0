"""The child process that opens files from people. Run as a script by `guard`; it knows nothing of the project.

It limits itself before it reads a byte, takes the file on stdin and answers on stdout: one line of JSON, then the payload.
What it may meet is hostile: a picture that unpacks to gigabytes, a header that lies, a decoder with a hole.
"""

import json
import resource
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from PIL import Image

    Task = Callable[..., "tuple[dict[str, object], bytes]"]

MEMORY = 1_200_000_000  # bytes of address space
CPU_SECONDS = 15
MAX_PIXELS = 24_000_000
MAX_SIDE = 12_000
FORMATS = ("PNG", "JPEG", "WEBP")
PDF_EDGE = 1024  # bytes at either end in which readers look for a PDF's marks
PDF_ACTIVE = (b"/JavaScript", b"/Launch", b"/EmbeddedFile")


class RefusedFile(Exception):
    """A reason not to take the file: a code that the parent turns into a sentence, with its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.answer: dict[str, object] = {"refused": code, **facts}


def limit(memory: int, seconds: int) -> None:
    """No more memory, time, files or processes than one picture needs."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 2))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def picture(data: bytes, max_side: int) -> "tuple[dict[str, object], bytes]":
    """RGBA in sRGB, upright, at most `max_side` on its longer side."""
    from PIL import Image, ImageOps

    image = _loaded(data, FORMATS)
    try:
        upright = ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise RefusedFile("truncated", detail=str(error)[:120]) from error
    rgba = _srgb(upright)
    if max(rgba.size) > max_side:
        rgba.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    return {"width": rgba.width, "height": rgba.height}, rgba.tobytes()


def _loaded(data: bytes, formats: "tuple[str, ...]", no_such: str = "type") -> "Image.Image":
    """The picture decoded to its last row. Refused by its header where it would unpack to too much."""
    import io

    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # judged just below, from the header, with the size told
    try:
        image = Image.open(io.BytesIO(data), formats=formats)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise RefusedFile(no_such) from error
    width, height = image.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise RefusedFile("pixels", width=width, height=height, limit=MAX_PIXELS // 1_000_000)
    try:
        image.load()
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise RefusedFile("truncated", detail=str(error)[:120]) from error
    return image


def document(data: bytes) -> "tuple[dict[str, object], bytes]":
    """What a PDF, PNG or JPEG really is. A PDF (ISO 32000-2, 7.5.2 and 7.5.5) begins with its version and ends with %%EOF."""
    if b"%PDF-" not in data[:PDF_EDGE]:
        return {"kind": str(_loaded(data, ("PNG", "JPEG"), "document").format).lower()}, b""
    if b"%%EOF" not in data[-PDF_EDGE:]:
        raise RefusedFile("pdf-end")
    active = next((name for name in PDF_ACTIVE if name in data), None)
    if active:
        raise RefusedFile("pdf-active", what=active.decode())
    return {"kind": "pdf"}, b""


def _srgb(image: "Image.Image") -> "Image.Image":
    """Any mode and profile as RGBA in sRGB; a broken profile counts as none."""
    import io

    from PIL import Image, ImageCms

    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda v: v / 256).convert("L")
    alpha = image.convert("RGBA").getchannel("A")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            base = image.convert("RGB") if image.mode == "RGBA" else image
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(base, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            image = converted if converted is not None else image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    rgba = image.convert("RGBA")
    rgba.putalpha(alpha)
    return Image.merge("RGBA", rgba.split())


def beside(name: str) -> "ModuleType":
    """A module in this script's own folder: the child imports nothing of the project."""
    from importlib.util import module_from_spec, spec_from_file_location
    from pathlib import Path

    spec = spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def cut_out(data: bytes, max_side: int) -> "tuple[dict[str, object], bytes]":
    """The alpha of a photo. `data`: length of the wishes (4 bytes, big-endian), the wishes as JSON, the photo."""
    import numpy as np

    length = int.from_bytes(data[:4], "big")
    header, pixels = picture(data[4 + length :], max_side)
    size = int(str(header["height"])), int(str(header["width"]))
    grabcut = beside("grabcut")
    try:
        rgba = np.frombuffer(pixels, np.uint8).reshape(*size, 4)
        alpha, facts = grabcut.cut(np.ascontiguousarray(rgba[..., :3]), data[4 : 4 + length])
    except grabcut.NotCut as error:
        raise RefusedFile(f"cut-{error.code}", **error.facts) from error
    return {**header, **facts}, alpha.tobytes()


def drawing(data: bytes) -> "tuple[dict[str, object], bytes]":
    """The SVG rewritten from an allow-list."""
    allowlist = beside("svg_allowlist")
    try:
        return {}, allowlist.rewrite(data).encode()
    except allowlist.NotAllowed as error:
        raise RefusedFile(error.code, what=error.what, line=error.line) from error


def logo(data: bytes, max_side: int) -> "tuple[dict[str, object], bytes]":
    """A PNG logo written anew, pixel for pixel, with nothing but its pixels in it: no text, no profile, no second picture."""
    import io

    image = _srgb(_loaded(data, ("PNG",), "logo-type"))
    if max(image.size) > max_side:
        raise RefusedFile("logo-side", width=image.width, height=image.height, limit=max_side)
    if image.getchannel("A").getextrema()[1] == 0:
        raise RefusedFile("logo-clear")
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return {"width": image.width, "height": image.height}, out.getvalue()


def drawn(data: bytes, width: int, height: int) -> "tuple[dict[str, object], bytes]":
    """The pixels of an SVG, RGBA and not premultiplied, after it was rewritten."""
    import skia

    svg = drawing(data)[1]
    surface = skia.Surface.MakeRaster(skia.ImageInfo.MakeN32Premul(width, height))
    canvas = surface.getCanvas()
    canvas.clear(skia.ColorTRANSPARENT)
    dom = skia.SVGDOM.MakeFromStream(skia.MemoryStream.MakeCopy(svg))
    size = dom.containerSize()
    if size.width() > 0 and size.height() > 0:
        canvas.scale(width / size.width(), height / size.height())
    else:
        dom.setContainerSize(skia.Size.Make(width, height))
    dom.render(canvas)
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    return {"width": width, "height": height}, pixels.tobytes()


def stylesheet(data: bytes) -> "tuple[dict[str, object], bytes]":
    """Colours and families of a style sheet."""
    sheets = beside("stylesheets")
    try:
        return sheets.read(data, beside("svg_allowlist").NAMES), b""
    except sheets.NoStyleSheet as error:
        raise RefusedFile(str(error)) from error


def font(data: bytes) -> "tuple[dict[str, object], bytes]":
    """A font written anew from an allow-list of tables."""
    fonts = beside("fonts_allowlist")
    try:
        header, payload = fonts.rewrite(data)
    except fonts.NoFont as error:
        raise RefusedFile(error.code, what=error.what) from error
    return header, payload


def guideline(data: bytes) -> "tuple[dict[str, object], bytes]":
    """Colours, fonts and pictures of a PDF."""
    document(data)
    guidelines = beside("guidelines")
    try:
        header, payload = guidelines.read(data)
    except guidelines.NoGuideline as error:
        raise RefusedFile(str(error)) from error
    return header, payload


def answer(header: "dict[str, object]", payload: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps({**header, "bytes": len(payload)}).encode() + b"\n")
    sys.stdout.buffer.write(payload)
    sys.stdout.buffer.flush()


def main() -> None:
    """argv: the task and its numbers (a side, or width and height), then memory in bytes and CPU seconds."""
    task, *numbers = sys.argv[1:]
    *sizes, memory, seconds = map(int, numbers)
    limit(memory, seconds)
    data = sys.stdin.buffer.read()
    tasks: dict[str, Task] = {"picture": picture, "cut": cut_out, "drawing": drawing, "document": document}
    tasks |= {"logo": logo, "drawn": drawn, "stylesheet": stylesheet, "guideline": guideline, "font": font}
    try:
        header, payload = tasks[task](data, *sizes)
    except RefusedFile as refused:
        answer(refused.answer)
    except MemoryError:
        answer({"refused": "memory"})
    else:
        answer(header, payload)


if __name__ == "__main__":
    main()
