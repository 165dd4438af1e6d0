"""What a brand allows, as one frozen value. Other rooms read this, never the ORM rows."""

from typing import Annotated, Literal, Self

from pydantic import Field, PositiveInt, model_validator

from brand_styles.frozen import Frozen
from brand_styles.licences import BrandFont
from brand_styles.likeness import LENGTH
from brand_styles.manners import Manners
from brand_styles.own_rules import NO_WORDS, Override, OwnRule
from brand_styles.pixel_rules import PixelRule
from brand_styles.words import Words

MOST_REFERENCES = 200  # of a brand: enough to train a first adapter
MOST_LOOKS = 8  # of them that steer the look: image encoders read a few
Hex = str  # "#RRGGBB", upper case

LogoGround = Literal["light", "dark"]


class Swatch(Frozen):
    """One brand colour. `role` says what it is for; `weight` is its share where several have the role."""

    role: Literal["ground", "second", "accent", "ink", "paper", "metal"]
    hex: Hex = Field(pattern=r"^#[0-9A-F]{6}$")
    name: Words
    weight: float = Field(default=1.0, gt=0)


class Typefaces(Frozen):
    """Face keys of generation.typography.faces, shipped ones or of the brand's own fonts (licences.keyed): what the brand sets text,
    Chinese display and Latin display in."""

    text: str = "noto-sans-sc"
    display_zh: str = "noto-sans-sc"
    display_latin: str = "archivo"


class Logo(Frozen):
    """One variant of the logo, drawn for `ground`: `svg`, the sanitised drawing itself, or `png`, the approved pixels as base64 of a PNG
    we wrote (sRGB, straight alpha). Either stands in the style, so that a recipe pins it.

    `aspect` is width over height; `pixels` a PNG's own width and height, beyond which it is never drawn; `clear_space` is the margin to
    keep free on all sides and `min_height` the least drawn height, both as the studio measures them: clear space in logo heights, least
    height in pixels. `forbidden`: colours that it may not stand on.
    """

    ground: LogoGround
    svg: str = ""
    png: str = Field(default="", max_length=1_300_000)
    pixels: tuple[PositiveInt, PositiveInt] | None = None
    aspect: float = Field(gt=0)
    clear_space: float = 0.35
    min_height: float = 12.0
    forbidden: tuple[Annotated[Hex, Field(pattern=r"^#[0-9A-F]{6}$")], ...] = Field(default=(), max_length=12)

    @model_validator(mode="after")
    def _is_one_drawing(self) -> Self:
        if bool(self.svg) == bool(self.png) or bool(self.png) != bool(self.pixels):
            raise ValueError("not-one-drawing")
        return self

    @property
    def most_height(self) -> float:
        """Pixels beyond which it is never drawn: a PNG's own, without limit for a drawing."""
        return float(self.pixels[1]) if self.pixels else float("inf")


class GlossaryTerm(Frozen):
    """A word the brand uses in its own sense, bound to a concept of the lexicon.

    `show`: object kinds that stand for it, best first, instead of the concept's own; `never`: what must not be shown for it, kinds or
    plain words.
    """

    term: str
    concept: str
    show: tuple[str, ...] = Field(default=(), max_length=20)
    never: tuple[str, ...] = Field(default=(), max_length=20)


class ReferencePicture(Frozen):
    """A picture of the brand's own, pinned by its hash: a file of the storage. With `look`, scenes take on its look where the model can.

    caption: what it shows. rights: whose it is, with a `note` (contract, photographer); only owned and licensed ones train (dataset.py).
    kind: a reference to go by, or past work of the brand. palette: its main colours, the largest first. likeness: likeness.signature of it.
    """

    file: str = Field(min_length=1, max_length=200)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    look: bool = True
    kind: Literal["reference", "work"] = "reference"
    caption: Words = NO_WORDS
    rights: Literal["owned", "licensed", "unconfirmed"] = "unconfirmed"
    note: str = Field(default="", max_length=500)
    palette: tuple[Annotated[Hex, Field(pattern=r"^#[0-9A-F]{6}$")], ...] = Field(default=(), max_length=8)
    likeness: tuple[float, ...] = Field(default=(), max_length=LENGTH)


class BrandStyle(Frozen):
    """One published version of a brand's style library."""

    slug: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,49}$")
    version: int = Field(ge=1)
    name: Words
    market: str = "cn"  # cn, us, uk, eu …: labels, rule packs, which way is up
    industry: str = "general"
    palette: tuple[Swatch, ...] = Field(max_length=64)
    typefaces: Typefaces = Typefaces()
    fonts: tuple[BrandFont, ...] = Field(default=(), max_length=24)
    logos: tuple[Logo, ...] = Field(max_length=8)
    glossary: tuple[GlossaryTerm, ...] = Field(default=(), max_length=2000)
    corner_radius: float = Field(default=0.02, ge=0, le=0.5)  # of the short side
    required_legal: tuple[str, ...] = Field(default=(), max_length=50)
    banned_words: tuple[str, ...] = Field(default=(), max_length=5000)
    rules: tuple[OwnRule, ...] = Field(default=(), max_length=200)
    pixel_rules: tuple[PixelRule, ...] = Field(default=(), max_length=100)
    overrides: tuple[Override, ...] = Field(default=(), max_length=200)
    references: tuple[ReferencePicture, ...] = Field(default=(), max_length=MOST_REFERENCES)
    manners: Manners = Manners()
    tone: Words | None = None  # how the brand speaks, in a sentence or two

    def colors(self, role: str) -> tuple[Hex, ...]:
        """Every colour of a role, heaviest first."""
        swatches = sorted((s for s in self.palette if s.role == role), key=lambda s: -s.weight)
        return tuple(s.hex for s in swatches)

    @property
    def look_references(self) -> tuple[ReferencePicture, ...]:
        """The pictures whose look scenes take on, MOST_LOOKS at most."""
        return tuple(reference for reference in self.references if reference.look)[:MOST_LOOKS]
