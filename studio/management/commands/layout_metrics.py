"""`manage.py layout_metrics FILE.json --profile pku_v1|strict`: the metrics of a set of layouts."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from generation.layout.metrics import evaluate
from generation.layout.metrics_file import BadFile, content_scores, read_layouts

BAD_FILE = 2
ROWS = (
    ("val", "Val", "valid boxes"),
    ("ove", "Ove", "overlap"),
    ("ali", "Ali", "alignment"),
    ("und_l", "Und_l", "underlay, loose"),
    ("und_s", "Und_s", "underlay, strict"),
    ("uti", "Uti", "utility"),
    ("occ", "Occ", "occlusion"),
    ("rea", "Rea", "unreadability"),
)


class Command(BaseCommand):
    help = "Metrics of layouts in a JSON file: Val, Ove, Ali, Und_l, Und_s; Uti, Occ and Rea with pictures."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help='{"canvas": [w, h], "layouts": [[{"cls": …, "box": [x0, y0, x1, y1]} …] …]}'
        )
        parser.add_argument("--profile", choices=["pku_v1", "strict"], required=True)
        parser.add_argument("--saliency", type=Path, help="folder of saliency maps, one a layout, in order of name")
        parser.add_argument("--picture", type=Path, help="folder of pictures, one a layout, in order of name")
        parser.add_argument("--json", action="store_true", dest="as_json", help="end with one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        wants_content = options["saliency"] or options["picture"]
        if wants_content and options["profile"] != "strict":
            raise CommandError("Uti, Occ and Rea belong to the profile strict; pku_v1 has none.", returncode=BAD_FILE)
        try:
            file = read_layouts(options["file"])
            content = content_scores(file, options["saliency"], options["picture"]) if wants_content else {}
        except BadFile as fault:
            raise CommandError(str(fault.words), returncode=BAD_FILE) from fault
        scores = evaluate(file.canvas, file.layouts, options["profile"])
        values = scores.as_json() | content
        self.stdout.write(f"profile {scores.profile}, {len(file.layouts)} layouts, {scores.empty} empty")
        self.show(values)
        if options["as_json"]:
            self.stdout.write(json.dumps(values))

    def show(self, values: dict[str, float | None]) -> None:
        for key, name, meaning in ROWS:
            if key in values:
                value = values[key]
                self.stdout.write(f"{name:<6} {'-' if value is None else f'{value:.6f}'}  {meaning}")
