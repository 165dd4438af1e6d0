"""`manage.py rollback --brand B --kind adapter`: back to what was in use before. Exit 0: done; 1: nothing is in use; 2: bad input."""

import sys
from typing import Any

from generation.errors import PermanentError
from reviews import promoting
from studio.learner_versions import DONE, REFUSED, VersionCommand


class Command(VersionCommand):
    help = "Put back what was in use before the version in use. Exit 0: done; 1: nothing is in use; 2: bad input."

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self.run(options))

    def run(self, options: dict[str, Any]) -> int:
        try:
            act = promoting.roll_back(brand_id=self.brand_of(options).pk, kind=options["kind"])
        except PermanentError as error:
            self.stderr.write(error.words.en)
            return REFUSED
        self.stdout.write(
            f"{options['kind']} {act.version.number} is in use." if act.version else f"No {options['kind']} is in use."
        )
        return DONE
