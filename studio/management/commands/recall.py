"""`manage.py recall --brand B --kind adapter --number N`: the pictures that a version had a part in, one a line; with --again they are
put at the head of the review queue once more. Exit 0: done; 2: bad input.
"""

from argparse import ArgumentParser
from typing import Any

from reviews import recalling
from studio.learner_versions import VersionCommand, add_number


class Command(VersionCommand):
    help = "List the pictures that a version had a part in; --again has them reviewed once more. Exit 0: done; 2: bad input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        add_number(parser)
        parser.add_argument("--again", action="store_true", help="have them reviewed once more, before everything else")

    def handle(self, *args: Any, **options: Any) -> None:
        version = self.version_of(options)
        which = {"brand_id": version.learner.brand_id, "kind": options["kind"], "number": version.number}
        rows = recalling.assets_made_with(**which).values_list("pk", "file", "standing__state")
        for pk, file, state in rows.iterator():
            self.stdout.write(f"{pk}\t{state or 'not reviewed'}\t{file}")
        if options["again"]:
            self.stderr.write(f"{recalling.recall(**which)} of {rows.count()} are to be reviewed again.")
