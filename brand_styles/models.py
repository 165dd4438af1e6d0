"""Brands and their style libraries as rows. Other rooms read `brand_styles.selectors`, never these."""

from django.conf import settings
from django.db import models


class Brand(models.Model):
    slug = models.SlugField(max_length=50, unique=True)
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class StyleLibrary(models.Model):
    """One published version of a brand's style. `style` is a BrandStyle as JSON and never changes again."""

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="libraries")
    version = models.PositiveIntegerField()
    style = models.JSONField()
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["brand", "version"], name="one_library_per_version"),)

    def __str__(self) -> str:
        return f"{self.brand.slug}@{self.version}"


class StyleDraft(models.Model):
    """What the next version of a brand's style will be: one for each brand, changed by any of its designers.

    `style` has BrandStyle's fields without slug and version, as far as they are filled in. `revision` counts its changes, so that whoever
    saves over another's change is told. `based_on` is the version it began as.
    """

    brand = models.OneToOneField(Brand, on_delete=models.CASCADE, related_name="draft")
    style = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    based_on = models.PositiveIntegerField(null=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.brand.slug}, draft {self.revision}"


class BrandElement(models.Model):
    """One transparent cut-out in a brand's library: drawn from a concept, or a product photo whose cut-out a person confirmed.

    `file` and `thumbnail` name PNGs in the file storage. `recipe` is what made it. `removed_at`: out of the library, its files kept for
    taking that back.
    """

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="elements")
    slug = models.SlugField(max_length=60)
    name_en = models.CharField(max_length=100)
    name_zh = models.CharField(max_length=100)
    source = models.CharField(max_length=10, choices=[("drawn", "drawn"), ("photo", "photo")])
    file = models.CharField(max_length=200)
    thumbnail = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    recipe = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["brand", "slug"], name="one_element_per_slug"),)

    def __str__(self) -> str:
        return f"{self.brand.slug}/{self.slug}"
