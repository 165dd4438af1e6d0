"""What others read of brands: frozen snapshots."""

from brand_styles.models import StyleLibrary
from brand_styles.style import BrandStyle


class UnknownBrand(LookupError):
    """No published style library of that slug (and version). `nearest` lists the slugs there are."""

    def __init__(self, slug: str, version: int | None, known: list[str]) -> None:
        super().__init__(f"{slug}@{version}" if version else slug)
        self.slug = slug
        self.version = version
        self.known = known


def library(slug: str, version: int | None = None) -> StyleLibrary:
    """The library of that version; the newest one when `version` is None. Raises UnknownBrand."""
    rows = StyleLibrary.objects.select_related("brand").filter(brand__slug=slug)
    if version is not None:
        rows = rows.filter(version=version)
    row = rows.order_by("-version").first()
    if row is None:
        raise UnknownBrand(slug, version, brand_slugs())
    return row


def brand_style(slug: str, version: int | None = None) -> BrandStyle:
    """The brand's style as one frozen value. Raises UnknownBrand."""
    return BrandStyle.model_validate(library(slug, version).style)


def parse_reference(reference: str) -> tuple[str, int | None]:
    """ "demo@3" is version 3 of demo, "demo" its newest version. Raises UnknownBrand where the version is not a number."""
    slug, _, version = reference.partition("@")
    if version and not version.isdecimal():
        raise UnknownBrand(reference, None, brand_slugs())
    return slug, int(version) if version else None


def style_for(reference: str) -> BrandStyle:
    """The style a brief's `brand` names ("demo", "demo@3"). Raises UnknownBrand."""
    return brand_style(*parse_reference(reference))


def brand_slugs() -> list[str]:
    """The slugs of every brand with a published style, in alphabetical order."""
    return list(StyleLibrary.objects.order_by("brand__slug").values_list("brand__slug", flat=True).distinct())
