"""`manage.py cut_out PHOTO`: a product photo's cut-out as a PNG to look at, and to name in a brief."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

DONE, REFUSED = 0, 2


class Command(BaseCommand):
    help = "Cut a product out of its photo. Exit 0: written; 2: the photo cannot be used, or nothing was found."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("photo", type=Path, help="a PNG, JPEG or WebP")
        parser.add_argument("--out", type=Path, help="the PNG to write; PHOTO.cut.png without it")
        parser.add_argument(
            "--rectangle", type=float, nargs=4, metavar=("X0", "Y0", "X1", "Y1"), help="around the product, in pixels"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self.cut(options["photo"], options["out"], options["rectangle"]))

    def cut(self, photo: Path, out: Path | None, rectangle: list[float] | None) -> int:
        from brand_styles.intake.guard import Refused
        from generation.errors import GenerationError
        from generation.producing import write_whole
        from generation.products.photos import cut_by_itself
        from generation.products.pixels import png_of

        target = out or photo.with_name(f"{photo.stem}.cut.png")
        try:
            pixels = cut_by_itself(photo, rectangle)
            write_whole(target, png_of(pixels))
        except Refused as refused:
            self.stderr.write(f"{photo}: {refused.words}")
            return REFUSED
        except GenerationError as error:
            self.stderr.write(f"{photo}: {error.words}")
            return REFUSED
        except OSError as error:
            self.stderr.write(f"{error.filename or photo}: {error.strerror}.")
            return REFUSED
        self.stdout.write(f"{target}: {pixels.shape[1]}x{pixels.shape[0]}. Look at it before you use it.")
        return DONE
