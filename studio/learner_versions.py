"""How a command names a version of a learner: brand, kind, number."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from brand_styles.models import Brand
from reviews.models import Kind, LearnerVersion

DONE, REFUSED, BAD_INPUT, STOPPED = 0, 1, 2, 3


class VersionCommand(BaseCommand):
    """A command about one brand's learner of one kind. Bad input ends it with exit code 2."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--brand", required=True, help="the brand's slug")
        parser.add_argument("--kind", choices=[str(kind) for kind in Kind], default=str(Kind.ADAPTER), help="(adapter)")

    def brand_of(self, options: dict[str, Any]) -> Brand:
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            known = ", ".join(Brand.objects.order_by("slug").values_list("slug", flat=True))
            raise CommandError(f"There is no brand {options['brand']}. There are: {known}.", returncode=BAD_INPUT)
        return brand

    def version_of(self, options: dict[str, Any]) -> LearnerVersion:
        """The version that was named, or the newest."""
        rows = LearnerVersion.objects.filter(learner__brand=self.brand_of(options), learner__kind=options["kind"])
        named = rows.filter(number=options["number"]) if options["number"] else rows
        version = named.select_related("learner__brand").order_by("-number").first()
        if version is None:
            known = ", ".join(str(n) for n in rows.order_by("number").values_list("number", flat=True)) or "none"
            raise CommandError(
                f"There is no such version of {options['kind']}. There are: {known}.", returncode=BAD_INPUT
            )
        return version


def add_number(parser: ArgumentParser) -> None:
    parser.add_argument("--number", type=int, help="of the version (the newest)")
