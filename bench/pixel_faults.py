"""Faults for the bench of rules on pixels, one planted into each clean picture.

Portraits are public-domain photographs (bench/pictures); codes, words and pseudo-characters are drawn here.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

from bench.logo_faults import logo_altered, logo_busy, logo_covered, logo_crowded, logo_forbidden, logo_small
from bench.pixel_cases import NEON, PICTURES, Case, Rgb, bench_rule, free_place, on_scene, staged, with_layer
from brand_styles.colors import difference, hex_of, mix, rgb_of
from brand_styles.likeness import signature
from generation.compositing.design import PictureLayer, TextLayer
from generation.layout.geometry import Rect
from generation.preflight.ground import window
from generation.products.standing import PRODUCT
from generation.typography.faces import file_of


def _pasted(case: Case, rng: random.Random, thing: Image.Image, share: float, least: int) -> Case | None:
    """The thing (RGBA) in the scene, `share` of the short side high or as large as there is room for, `least` px at the least."""
    short = min(case.sample.scene.shape[:2])
    for factor in (1.0, 0.8, 0.65, 0.5, 0.35):
        height = round(short * share * factor)
        size = max(round(thing.width * height / thing.height), 1), height
        if min(size) < least:
            return None
        at = free_place(case, rng, *size)
        if at is not None:
            scene = Image.fromarray(case.sample.scene)
            fitted = thing.resize(size, Image.Resampling.LANCZOS)
            scene.paste(fitted, at, fitted)
            return on_scene(case, np.asarray(scene))
    return None


def _colour(case: Case, rng: random.Random) -> Case | None:
    blot = Image.new("RGBA", (300, 300))
    colour = mix(NEON, rng.choice(("#000000", "#FFFFFF")), 0.06)
    ImageDraw.Draw(blot).ellipse((0, 0, 299, 299), fill=colour)
    planted = _pasted(case, rng, blot, rng.uniform(0.25, 0.4), 8)
    if planted is None:
        return None
    changed = (planted.sample.scene != case.sample.scene).any(axis=2).mean()
    return planted if changed > 0.013 else None


FOREIGN = ("#00A79D", "#7CB518", "#8E44AD", "#5D6D7E", "#B5179E", "#6B8E23", "#00B4D8", "#A0522D")


def _palette(case: Case, rng: random.Random) -> Case:
    """The whole scene in the colour of FOREIGN that is furthest from the brand's, its light and shade kept."""
    own = [swatch.hex for swatch in case.sample.brand.palette]
    colour = max(FOREIGN, key=lambda each: min(difference(each, other) for other in own))
    light = case.sample.scene.astype(np.float32).mean(axis=2, keepdims=True)
    painted = rgb_of(colour) * 255 * (0.6 + 0.4 * light / max(float(light.mean()), 1))
    return on_scene(case, np.clip(painted, 0, 255).astype(np.uint8))


def _thing(case: Case, rng: random.Random) -> Case | None:
    seen = [o for o in case.graph.objects if o.id in case.staged.boxes and o.role not in ("stage", "backdrop")]
    if not seen:
        return None
    held = rng.choice(seen)
    objects = tuple(o.model_copy(update={"kind": "lantern"}) if o is held else o for o in case.graph.objects)
    planted = staged(case.sample, case.graph.model_copy(update={"objects": objects}))
    return planted if held.id in planted.staged.boxes else None


def _face(case: Case, rng: random.Random) -> Case | None:
    portrait = Image.open(PICTURES / rng.choice(("collins.jpg", "hopper.jpg"))).convert("RGB")
    portrait = ImageOps.mirror(portrait) if rng.random() < 0.5 else portrait
    portrait = ImageEnhance.Brightness(portrait).enhance(rng.uniform(0.7, 1.15))
    mask = Image.new("L", portrait.size, 0)
    ImageDraw.Draw(mask).ellipse((4, 2, portrait.width - 4, portrait.height - 2), fill=255)
    portrait.putalpha(mask.filter(ImageFilter.GaussianBlur(6)))
    return _pasted(
        case, rng, portrait.rotate(rng.uniform(-12, 12), Image.Resampling.BICUBIC), rng.uniform(0.2, 0.5), 40
    )


CODES = ("QRCode", "QRCode", "EAN13", "Code128", "DataMatrix", "drawn")


def _code(case: Case, rng: random.Random) -> Case | None:
    kind = rng.choice(CODES)
    words = "6901234567892" if kind == "EAN13" else f"https://example.com/{rng.randrange(10**6)}"
    named = "QRCode" if kind == "drawn" else kind
    code = np.asarray(zxingcpp.create_barcode(words, getattr(zxingcpp.BarcodeFormat, named)).to_image(scale=6)).copy()
    if kind == "drawn":
        cell, side = 6, len(code) // 6
        noise = np.random.default_rng(rng.randrange(2**31)).random((side, side)) > 0.5
        free = np.ones((side, side), bool)
        for rows, columns in (
            (slice(0, 13), slice(0, 13)),
            (slice(0, 13), slice(-13, None)),
            (slice(-13, None), slice(0, 13)),
        ):
            free[rows, columns] = False
        free[:4] = free[-4:] = False
        free[:, :4] = free[:, -4:] = False
        code = np.where(np.kron(free, np.ones((cell, cell), bool)), np.kron(noise, np.ones((cell, cell))) * 255, code)
    image = ImageOps.colorize(
        Image.fromarray(code.astype(np.uint8)), rng.choice(("black", "#301810", "#102040")), "#FFFFFF"
    )
    return _pasted(case, rng, image.convert("RGBA"), rng.uniform(0.25, 0.45), 75)


SAID = ("限时特惠", "欢迎光临", "新品上市", "福满人间", "SALE NOW", "WELCOME", "NEW ARRIVAL", "财源广进", "Happy Day")


def _lettering(case: Case, rng: random.Random) -> Case | None:
    words = rng.choice(SAID)
    pseudo = rng.random() < 0.4
    font = ImageFont.truetype(str(file_of("noto-sans-sc", 700)), 64)
    line = Image.new("RGBA", (int(font.getlength(words)) + 16, 92))
    ground = case.sample.scene.reshape(-1, 3).mean(axis=0) / 255
    colour = mix(hex_of(ground), "#FFFFFF" if ground.mean() < 0.5 else "#101010", rng.uniform(0.6, 0.95))
    ImageDraw.Draw(line).text((8, 0), words, font=font, fill=colour)
    if pseudo:
        line = _garbled(line, rng)
    line = line.rotate(rng.uniform(-6, 6), Image.Resampling.BICUBIC, expand=True)
    return _pasted(case, rng, line, rng.uniform(0.07, 0.13), 12)


def _garbled(line: Image.Image, rng: random.Random) -> Image.Image:
    """Pseudo-characters: upper and lower halves of different characters put together."""
    pixels = np.asarray(line).copy()
    middle = pixels.shape[0] // 2 + 4
    pixels[middle:] = np.roll(pixels[middle:], 64 * rng.choice((1, 2)) + rng.randrange(-6, 6), axis=1)
    return Image.fromarray(pixels)


def _duplicate(case: Case, rng: random.Random) -> Case:
    """The reference is this very picture, compressed again, cropped and resized."""
    image = Image.fromarray(case.compose())
    w, h = image.size
    lost = rng.uniform(0, 0.035)
    image = image.crop((round(w * lost), round(h * lost), round(w * (1 - lost)), round(h * (1 - lost))))
    image = image.resize((max(w // 3, 60), max(h // 3, 60)))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=rng.randrange(30, 80))
    reference = signature(np.asarray(Image.open(file).convert("RGB")))
    return replace(case, rules=(*case.rules, bench_rule("DUPLICATE", "duplicate", signature=reference)))


def _product(case: Case, rng: random.Random) -> Case | None:
    """An uploaded cut-out on the scene whose pixels were lightened a little."""
    short = min(case.sample.scene.shape[:2])
    side = round(short * 0.3)
    at = free_place(case, rng, side, side)
    if at is None:
        return None
    cut = np.zeros((side, side, 4), np.uint8)
    noise = np.random.default_rng(rng.randrange(2**31)).integers(60, 190, (side, side, 3))
    cut[..., :3] = ndimage_smooth(noise)
    y, x = np.mgrid[-1 : 1 : side * 1j, -1 : 1 : side * 1j]
    cut[..., 3] = np.where(x**2 + y**2 < 0.9, 255, 0)
    layer = PictureLayer(id=PRODUCT, role="subject", box=Rect(*at, at[0] + side, at[1] + side), source=PRODUCT)
    first, *rest = case.sample.design.layers
    design = case.sample.design.model_copy(update={"layers": (first, layer, *rest)})
    shown = replace(case, sample=replace(case.sample, design=design), product=cut)
    rgb = shown.compose().astype(int)
    rows, columns = window(layer.box, rgb.shape)
    rgb[rows, columns] += rng.choice((-6, 5, 8))
    return replace(shown, rgb=np.clip(rgb, 0, 255).astype(np.uint8))


def ndimage_smooth(noise: NDArray[np.int64]) -> Rgb:
    from scipy import ndimage

    smooth: Rgb = ndimage.gaussian_filter(noise.astype(np.float32), (3, 3, 0)).clip(0, 255).astype(np.uint8)
    return smooth


def _legal(case: Case) -> TextLayer | None:
    return next((l for l in case.sample.design.layers if isinstance(l, TextLayer) and l.role == "legal"), None)  # noqa: E741


def _contrast(case: Case, rng: random.Random) -> Case | None:
    """The legal line in a colour near its ground."""
    legal = _legal(case)
    if legal is None:
        return None
    rows, columns = window(legal.box, case.sample.scene.shape)
    under = hex_of(np.median(case.compose(ground=True)[rows, columns].reshape(-1, 3), axis=0) / 255)
    return with_layer(case, legal.id, color=mix(under, legal.color, rng.uniform(0.25, 0.45)))


def _size(case: Case, rng: random.Random) -> Case | None:
    legal = _legal(case)
    if legal is None:
        return None
    factor = rng.uniform(0.45, 0.75)
    style = legal.style.model_copy(update={"size": legal.style.size * factor})
    box = legal.box
    return with_layer(
        case, legal.id, style=style, box=Rect(box.x0, box.y0, box.x0 + box.width * factor, box.y0 + box.height * factor)
    )


PLANTS: dict[str, tuple[Callable[[Case, random.Random], Case | None], frozenset[str]]] = {
    "colour": (_colour, frozenset({"pixel.COLOUR"})),
    "palette": (_palette, frozenset({"pixel.PALETTE"})),
    "thing": (_thing, frozenset({"pixel.THING"})),
    "face": (_face, frozenset({"pixel.FACE"})),
    "code": (_code, frozenset({"pixel.CODE"})),
    "lettering": (_lettering, frozenset({"pixel.LETTERING"})),
    "duplicate": (_duplicate, frozenset({"pixel.DUPLICATE"})),
    "logo too small": (logo_small, frozenset({"logo.small"})),
    "logo crowded": (logo_crowded, frozenset({"logo.clear_space", "overlap.logo"})),
    "logo on a forbidden ground": (logo_forbidden, frozenset({"logo.ground"})),
    "logo on a busy ground": (logo_busy, frozenset({"logo.busy"})),
    "logo covered": (logo_covered, frozenset({"logo.covered", "logo.altered"})),
    "logo altered": (logo_altered, frozenset({"logo.altered", "logo.covered"})),
    "product changed": (_product, frozenset({"product.changed"})),
    "contrast of required text": (_contrast, frozenset({"contrast.low", "text.missing"})),
    "size of required text": (_size, frozenset({"size.legal", "size.text"})),
}
KINDS = tuple(PLANTS)
