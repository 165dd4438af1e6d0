from django.apps import AppConfig


class BrandStylesConfig(AppConfig):
    name = "brand_styles"
