"""Generated posters for the preflight bench: copy, palette, layout and type are the product's own, the ground is drawn here.

A ground has a wall and a floor that fall off in light, a lit subject in its box and props outside the text zones, and grain: what
a blockout gives, without waiting for a renderer.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from brand_styles import sample
from brand_styles.style import BrandStyle
from generation.compositing.compose import compose
from generation.compositing.design import Design
from generation.compositing.dress import dress
from generation.compositing.legibility import rgb_of
from generation.errors import CopyDoesNotFit
from generation.layout.ai_label import label_for
from generation.layout.elements import elements_for
from generation.layout.solver import solve
from generation.planning.palettes import palette_for
from generation.planning.plan import CreativePlan
from generation.planning.schemes import SCHEMES
from generation.scenes.graph import SceneGraph
from generation.types import CopyLine, Format, Layout, ScenePalette

FORMATS = (
    "1080x1920", "1080x1080", "1200x628", "300x250", "728x90", "1242x2208", "320x50", "160x600", "970x250", "1920x1080",
)  # fmt: skip
HEADLINES_ZH = (
    "18日会员权益日", "夏日限定，低至5折", "新客专享好礼", "把日子过成喜欢的样子", "开学季 焕新一夏", "百万会员的共同选择", "周末去哪儿",
    "年货节，团圆价", "拾穗日 积分翻番", "每月18日，会员来相聚", "存下每一份小确幸", "双12 好物嘉年华",
    "一杯好茶，一段时光", "轻盈上新", "礼遇金秋",
    "让每一分钱都有安排", "春日出行计划", "智能生活，从这里开始", "三八女神节", "国货好物节",
)  # fmt: skip
HEADLINES_EN = (
    "Members’ day is here", "Summer sale, now on", "Save a little every day", "Made for slow mornings", "Back to school, sorted",
    "Invest at your own pace", "The weekend starts now", "Small change, big plans", "New season, new colours", "Your points, doubled",
)  # fmt: skip
SUBLINES_ZH = (
    "百万会员专享好礼",
    "精选好物，限时上架",
    "下单即享积分加赠",
    "和家人一起分享这个夏天",
    "12月18日至20日",
    "会员专享，到店即领",
)
SUBLINES_EN = (
    "Up to 30% off everything you love",
    "Join free, leave any time",
    "Ends Sunday at midnight",
    "Good things, gathered for you",
)
CTAS_ZH = ("立即领取", "去看看", "马上参与", "了解详情", "立即开通", "查看活动")
CTAS_EN = ("Get started", "Shop now", "Learn more", "Join today")
PRICES_ZH = ("¥50", "¥1,299.00", "3.5折起", "满300减50", "¥9.9", "低至6折", "¥18/月")
PRICES_EN = ("£25", "4.2% AER", "$19.99", "30% off", "€9/month", "2 for 1")
LEGAL_ZH = (
    "具体规则以活动页面为准。", "活动时间：2026年12月18日至20日。每位会员限领一份，数量有限。",
    "投资有风险，投资须谨慎。过往业绩不预示未来表现。",
    "本活动由示例银行股份有限公司举办。",
)  # fmt: skip
LEGAL_EN = (
    "See the offer page for full terms.", "Capital at risk. The value of investments can go down as well as up.",
    "18+. One per person. While stocks last.",
)  # fmt: skip
TREATMENTS = ("plain", "metal", "outline", "extruded", "neon", "paper_cut", "inset", "brush", "gradient")
FACES = {
    "zh": ("noto-sans-sc", "noto-sans-sc", "noto-serif-sc", "zcool-kuaile", "zcool-xiaowei"),
    "en": ("archivo", "archivo", "outfit", "fredoka"),
}


@dataclass(frozen=True)
class Sample:
    """One generated asset before its pixels, and what is needed to compose and judge it."""

    name: str
    design: Design
    layout: Layout
    brand: BrandStyle
    palette: ScenePalette
    scene: NDArray[np.uint8]

    def compose(self, design: Design) -> NDArray[np.uint8]:
        return compose(design, {"scene": self.scene}, self.brand)


def make_sample(index: int) -> Sample:
    """The asset of that number; where its copy does not fit its format, it is cut down as a person would."""
    rng = random.Random(f"preflight/{index}")
    fmt = FORMATS[index % len(FORMATS)]
    width, height = (int(v) for v in fmt.split("x"))
    brand = _brand(rng)
    canvas = Format(width=width, height=height)
    for legal in (2, 1, 0):
        plan = _plan(rng, brand, most_legal=legal if min(width, height) >= 250 else min(legal, 1))
        elements = elements_for(
            plan.copy_lines, brand=brand, fmt=canvas, has_subject=True, subject_aspect=None, market=plan.market
        )
        try:
            layout = solve(elements, canvas, seed=index, k=3, shout=plan.shout)[0]
        except CopyDoesNotFit:
            continue
        scene = ground_for(plan.palette, layout, rng)
        design, _ = dress(plan, layout, scene, brand, light=(0.6, 0.8))
        return Sample(f"{index:03d}-{fmt}", design, layout, brand, plan.palette, scene)
    raise RuntimeError(f"no copy fits sample {index}")


def _brand(rng: random.Random) -> BrandStyle:
    brand = rng.choice((sample.demo(), sample.demo(), sample.larkmoor()))
    faces = {"display_zh": rng.choice(FACES["zh"]), "display_latin": rng.choice(FACES["en"])}
    typefaces = brand.typefaces.model_copy(update=faces)
    return brand.model_copy(update={"typefaces": typefaces, "required_legal": ()})


def _plan(rng: random.Random, brand: BrandStyle, *, most_legal: int) -> CreativePlan:
    language = "zh" if brand.market == "cn" and rng.random() < 0.85 else "en"
    zh = language == "zh"
    mood = rng.choice(sorted(SCHEMES))
    palette = palette_for(brand, rng.choice(SCHEMES[mood]))
    lines = [("headline", rng.choice(HEADLINES_ZH if zh else HEADLINES_EN))]
    if rng.random() < 0.75:
        lines.append(("subline", rng.choice(SUBLINES_ZH if zh else SUBLINES_EN)))
    if rng.random() < 0.5:
        lines.append(("price", rng.choice(PRICES_ZH if zh else PRICES_EN)))
    if rng.random() < 0.85:
        lines.append(("cta", rng.choice(CTAS_ZH if zh else CTAS_EN)))
    if rng.random() < 0.25:
        lines.append(("badge", rng.choice(("12.18–12.20", "6.18起") if zh else ("18–20 Dec", "Ends Sunday"))))
    lines += [("legal", text) for text in rng.sample(LEGAL_ZH if zh else LEGAL_EN, k=rng.randint(0, most_legal))]
    if brand.market == "cn":
        lines.append(("ai_label", label_for("cn").words[language]))
    copy = tuple(
        CopyLine(id=f"{role}-{i}", role=role, text=text, language="zh" if role == "ai_label" else language)
        for i, (role, text) in enumerate(lines)
    )
    return CreativePlan(
        brief_hash="bench",
        variant=1,
        seed=rng.randrange(2**31),
        planned_by="rules",
        language=language,
        market=brand.market,
        industry=brand.industry,
        mood=mood,
        palette=palette,
        scene=SceneGraph(seed=1, composition="bench", set="bench", palette=palette),
        copy_lines=copy,
        shout="price" if any(r == "price" for r, _ in lines) and rng.random() < 0.4 else "headline",
        treatment=rng.choice(TREATMENTS),
        prompt="",
    )


def ground_for(palette: ScenePalette, layout: Layout, rng: random.Random) -> NDArray[np.uint8]:
    """A stand-in for a staged scene: uint8 (H, W, 3)."""
    width, height = layout.format.width, layout.format.height
    noise = np.random.default_rng(rng.randrange(2**31))
    wall = _wall(palette, width, height, noise)
    image = Image.fromarray(wall)
    draw = ImageDraw.Draw(image)
    _props(draw, palette, layout, rng)
    subject = layout.first("subject")
    if subject is not None:
        _lit(image, subject.box.rounded(), palette.subject, rng)
    image = image.filter(ImageFilter.GaussianBlur(0.6))
    grain = noise.normal(0, 1.6, (height, width, 1))
    return np.clip(np.asarray(image, np.float32) + grain, 0, 255).astype(np.uint8)


def _wall(palette: ScenePalette, width: int, height: int, noise: np.random.Generator) -> NDArray[np.uint8]:
    """Wall and floor: the ground's two colours, brightest where the light falls, with a slow unevenness."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    cx, cy = noise.uniform(0.2, 0.8), noise.uniform(0.2, 0.7)
    far = np.hypot((x / width - cx) * 1.2, y / height - cy)
    slow = np.asarray(
        Image.fromarray(noise.normal(0, 1, (5, 5)).astype(np.float32)).resize((width, height), Image.Resampling.BICUBIC)
    )
    t = np.clip(far * 0.35 + 0.05 * slow, 0, 0.6)[..., None]
    a, b = rgb_of(palette.ground).astype(np.float32), rgb_of(palette.ground_deep).astype(np.float32)
    wall: NDArray[np.uint8] = np.clip(a * (1 - t) + b * t, 0, 255).astype(np.uint8)
    return wall


def _props(draw: ImageDraw.ImageDraw, palette: ScenePalette, layout: Layout, rng: random.Random) -> None:
    """Discs and boxes of the second and accent colour, none under type."""
    short = layout.format.short
    for _ in range(10):
        r = short * rng.uniform(0.02, 0.07)
        x, y = rng.uniform(0, layout.format.width), rng.uniform(0, layout.format.height)
        box = (x - r, y - r, x + r, y + r)
        if any(z.grown(r * 0.3).intersection(type(z)(*box)) for z in layout.text_zones):
            continue
        color = rng.choice((palette.second, palette.accent, palette.metal))
        (draw.ellipse if rng.random() < 0.6 else draw.rectangle)(box, fill=color)


def _lit(image: Image.Image, box: tuple[int, int, int, int], color: str, rng: random.Random) -> None:
    """A ball or a block with light from one side in the subject's box."""
    x0, y0, x1, y1 = box
    size = max(x1 - x0, 2), max(y1 - y0, 2)
    y, x = np.mgrid[-1 : 1 : size[1] * 1j, -1 : 1 : size[0] * 1j]
    shade = np.clip(0.85 - 0.3 * (x + y) / 2, 0.35, 1.25)[..., None]
    body = np.clip(rgb_of(color) * shade, 0, 255).astype(np.uint8)
    inside = (x**2 + y**2 < 0.8) if rng.random() < 0.5 else (np.maximum(abs(x), abs(y)) < 0.8)
    mask = Image.fromarray((inside * 255).astype(np.uint8))
    image.paste(Image.fromarray(body), (x0, y0), mask)
