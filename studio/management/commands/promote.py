"""`manage.py promote --brand B --kind adapter --number N`: put a version that passed the gate in use.

Exit 0: done; 1: refused; 2: bad input.
"""

import sys
from argparse import ArgumentParser
from typing import Any

from generation.errors import PermanentError
from reviews import promoting
from studio.learner_versions import DONE, REFUSED, VersionCommand, add_number


class Command(VersionCommand):
    help = "Put a version that passed the gate in use. Exit 0: done; 1: refused, with why; 2: bad input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        add_number(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self.run(options))

    def run(self, options: dict[str, Any]) -> int:
        version = self.version_of(options)
        try:
            promoting.promote(version=version)
        except PermanentError as error:
            self.stderr.write(error.words.en)
            return REFUSED
        self.stdout.write(f"{options['kind']} {version.number} is in use.")
        return DONE
