"""Writing brands: a style is published as a new version and stays as it is from then on."""

from django.db import transaction

from brand_styles.models import Brand, StyleLibrary
from brand_styles.style import BrandStyle


class StyleIsFrozen(ValueError):
    """That version is published already and holds another style."""


@transaction.atomic
def publish_style(*, style: BrandStyle) -> StyleLibrary:
    """Publish `style` as the version it names. Publishing the same style again gives the same row; another style under a
    published version raises StyleIsFrozen."""
    brand, _ = Brand.objects.get_or_create(
        slug=style.slug, defaults={"name_en": style.name.en, "name_zh": style.name.zh}
    )
    frozen = style.model_dump(mode="json")
    row, _ = StyleLibrary.objects.get_or_create(brand=brand, version=style.version, defaults={"style": frozen})
    if BrandStyle.model_validate(row.style) != style:  # by meaning: fields that came later have their defaults
        raise StyleIsFrozen(f"{row} is published. Publish the change as version {style.version + 1}.")
    return row


def load_sample_brands() -> None:
    """Publish the sample brands where they are not there yet. A version that is there stays as it was published."""
    from brand_styles import sample

    for style in (sample.demo(), sample.larkmoor()):
        if not StyleLibrary.objects.filter(brand__slug=style.slug, version=style.version).exists():
            publish_style(style=style)
