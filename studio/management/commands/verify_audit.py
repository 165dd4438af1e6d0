"""`manage.py verify_audit [--brand B] [--expect LENGTH:HASH]`: whether the reviews are what was written, row after row."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from brand_styles.models import Brand
from reviews.chain import breaks_of, digest_at
from reviews.models import Chain

WHOLE, BROKEN, BAD_INPUT = 0, 1, 2
SHOWN = 20


class Command(BaseCommand):
    help = "Check the hash chain of every brand's reviews. Exit 0: whole; 1: a row was changed, left out or put in; 2: bad input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--brand", help="only this brand (slug)")
        parser.add_argument(
            "--expect",
            help="LENGTH:HASH as printed before: also tells when the end was cut off or all was written anew",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self.run(options["brand"], options["expect"]))

    def run(self, slug: str | None, expect: str | None) -> int:
        brands = Brand.objects.order_by("slug")
        if slug is not None:
            brands = brands.filter(slug=slug)
            if not brands:
                return self._refused(f"There is no brand {slug}.")
        if expect is not None and len(brands) != 1:
            return self._refused("--expect is about one brand: name it with --brand.")
        return max([self._one(brand, expect) for brand in brands], default=WHOLE)

    def _one(self, brand: Brand, expect: str | None) -> int:
        faults = [f"review {each.number} {each.what}" for each in breaks_of(brand.pk)]
        if expect is not None:
            faults += self._unlike(brand, expect)
        end = Chain.objects.filter(brand=brand).first()
        for fault in faults[:SHOWN]:
            self.stderr.write(f"{brand.slug}: {fault}")
        if len(faults) > SHOWN:
            self.stderr.write(f"{brand.slug}: and {len(faults) - SHOWN} more")
        if not faults:
            self.stdout.write(f"{brand.slug}: whole, {end.length}:{end.hash}" if end else f"{brand.slug}: no reviews")
        return BROKEN if faults else WHOLE

    def _unlike(self, brand: Brand, expect: str) -> list[str]:
        length, _, wanted = expect.partition(":")
        if not length.isdecimal() or len(wanted) != 64:
            raise CommandError("--expect takes LENGTH:HASH as this command printed it.", returncode=BAD_INPUT)
        found = digest_at(brand.pk, int(length))
        return [] if found == wanted else [f"review {length} is not the one that was expected"]

    def _refused(self, sentence: str) -> int:
        self.stderr.write(sentence)
        return BAD_INPUT
