"""`manage.py judge_embedded`: judge the built-in checkpoint on held-out briefs, by networks that share nothing with it."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

STAGES = ("examples", "judges", "pictures", "seeds", "pairs", "report")
COUNTS = {
    "count": (512, "held-out briefs"),
    "seeds": (16, "of them made with 8 seeds each"),
    "blind-pairs": (100, "pairs for blind comparison at full size"),
    "own-examples": (1600, "scenes drawn for the judges to learn from"),
    "portraits": (5400, "heroes drawn alone, likewise"),
    "area": (256 * 448, "pixels of a judged picture"),
    "first-seed": (900_000, "seed of the first held-out brief"),
}


class Command(BaseCommand):
    help = (
        "Judge a checkpoint: train two small judges on renderer labels, make the held-out briefs in every way, measure them, and lay "
        "out blind pairs. Writes report.json, report.md and sheets into a folder of the checkpoint's own within the work folder. "
        "Stop it at any time: run again, it goes on. "
        "With --votes: count the votes on the blind pairs, and draw sheet-pairs.webp."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--work", type=Path, required=True, help="folder for judges, pictures and report (about 1 GB)"
        )
        parser.add_argument("--pairs", type=Path, default=Path("var/embedded/pairs"), help="folder of pair files")
        parser.add_argument(
            "--checkpoint", default="embedded", help="a folder, or embedded for the one that is installed"
        )
        parser.add_argument("--stage", choices=STAGES, action="append", help="only this one; may be given again")
        for name, (usual, what) in COUNTS.items():
            parser.add_argument(f"--{name}", type=int, default=usual, help=f"{what} ({usual})")
        parser.add_argument(
            "--minutes", type=float, default=12.0, help="processor minutes to train both judges in (12)"
        )
        parser.add_argument("--call-minutes", type=float, help="stop after so long, to be gone on with")
        parser.add_argument("--threads", type=int, default=1, help="CPU threads (1)")
        parser.add_argument("--votes", type=Path, help='count these votes instead: {"001": "left", "002": "same"}')

    def handle(self, *args: Any, **options: Any) -> None:
        import torch

        from generation.embedded.judging.run import Judging, run
        from generation.errors import GenerationError

        torch.set_num_threads(options["threads"])
        names = ("work", "pairs", "checkpoint", "minutes", "call_minutes", *(n.replace("-", "_") for n in COUNTS))
        judging = Judging(**{name: options[name] for name in names}, tell=self.tell)
        try:
            if options["votes"]:
                self.count_votes(judging.out, options["votes"])
                return
            run(judging, tuple(s for s in STAGES if s in (options["stage"] or STAGES)))
        except (OSError, ValueError, GenerationError) as fault:
            self.stderr.write(str(fault))
            sys.exit(1)

    def count_votes(self, out: Path, votes: Path) -> None:
        from generation.embedded.judging.blind import read, score
        from generation.embedded.judging.sheets import pairs_sheet

        key, given = read(out / "blind-key.json"), read(votes)
        self.stdout.write(str(score(key, given)))
        pairs_sheet(out / "blind", key, given, out / "sheet-pairs.webp")

    def tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
