"""Brands and their style libraries as rows. Other rooms read `brand_styles.selectors`, never these."""

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
