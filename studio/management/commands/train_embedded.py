"""`manage.py train_embedded`: train the built-in checkpoint from nothing, on scenes that our own renderer draws."""

import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

STAGES = ("render", "autoencoder", "diffusion", "export", "refine", "evaluate")
MINUTES = {"render": 30.0, "autoencoder": 60.0, "diffusion": 60.0, "refiner": 30.0}


class Command(BaseCommand):
    help = (
        "Train the built-in diffusion checkpoint: render pairs of both tiers, train the autoencoder, then UNet, ControlNet and "
        "text encoder, export a diffusers folder, train the pixel network over it and measure it on held-out scenes. Stop it at any "
        "time: run again, it goes on. With the defaults about three hours on one CPU core; uses CUDA where there is a card."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--work", type=Path, required=True, help="folder for pairs, states and the result (about 2 GB)"
        )
        parser.add_argument(
            "--drawn", type=Path, help="folder of pairs that `make cycles-pairs` drew, instead of our own"
        )
        parser.add_argument("--stage", choices=STAGES, action="append", help="only this one; may be given again")
        parser.add_argument("--pairs", type=int, default=1200, help="scenes to render, the first 16 held out (1200)")
        for stage, minutes in MINUTES.items():
            parser.add_argument(f"--{stage}-minutes", type=float, default=minutes, help=f"most minutes ({minutes:g})")
        parser.add_argument("--batch", type=int, help="crops a diffusion step (8; 256 on CUDA)")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--threads", type=int, default=1, help="CPU threads (1)")
        parser.add_argument("--tiny", action="store_true", help="a model of no use, in seconds, to try the machine out")
        parser.add_argument(
            "--install", type=Path, help="copy the finished folder here, e.g. generation/embedded/weights"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        import torch

        from generation.embedded.train import Training, run, tiny

        torch.set_num_threads(options["threads"])
        device = "cuda" if torch.cuda.is_available() else "cpu"
        work: Path = options["work"]
        work.mkdir(parents=True, exist_ok=True)
        training = Training(
            work=work,
            drawn=options["drawn"],
            pairs=options["pairs"],
            seed=options["seed"],
            device=device,
            batch=options["batch"] or (256 if device == "cuda" else Training.batch),
            tell=self.tell,
            **{f"{stage}_minutes": options[f"{stage}_minutes"] for stage in MINUTES},
        )
        training = tiny(training) if options["tiny"] else training
        try:
            run(training, tuple(s for s in STAGES if s in (options["stage"] or STAGES)))
        except FileNotFoundError as missing:
            self.stderr.write(str(missing))
            sys.exit(1)
        if options["install"]:
            install(training.folder, options["install"])

    def tell(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def install(folder: Path, place: Path) -> None:
    """Put the finished checkpoint where the engine looks for it."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(folder, place)
