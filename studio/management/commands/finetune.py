"""`manage.py finetune --brand B --method sft|kto|dpo`: freeze the brand's reviews and train an adapter on them, here and now.

Exit 0: trained; 1: failed, in words; 2: bad input, or reviews that don't suffice; 3: stopped or cancelled. What was stopped or killed goes
on from its last checkpoint when the same command is given again, as long as no review was added since.
"""

import math
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from pydantic import ValidationError

from brand_styles.models import Brand
from generation.errors import PermanentError
from reviews.finetune.config import WORDS_OF_METHOD, Config, Method
from reviews.models import LearnerVersion

TRAINED, FAILED, BAD_INPUT, STOPPED = 0, 1, 2, 3
# What may be said of a run beside brand and method, with its type; the defaults are Config's.
ASKED = {
    "steps": int,
    "batch": int,
    "rank": int,
    "lr": float,
    "beta": float,
    "area": int,
    "strength": float,
    "seed": int,
}


class Command(BaseCommand):
    help = (
        "Train a brand's adapter on its reviews, in this process. Exit 0: trained; 1: failed; 2: bad input, or too few reviews; "
        "3: stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--brand", required=True, help="the brand's slug")
        methods = "; ".join(f"{key}: {words[0]}" for key, words in WORDS_OF_METHOD.items())
        parser.add_argument("--method", required=True, choices=[str(m) for m in Method], help=methods)
        for name, kind in ASKED.items():
            usual = Config.model_fields[name].default
            parser.add_argument(
                f"--{name}", type=kind, help=f"({usual if usual is not None else 'what suits the model'})"
            )

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self.run(options))

    def run(self, options: dict[str, Any]) -> int:
        brand = Brand.objects.filter(slug=options["brand"]).first()
        if brand is None:
            known = ", ".join(Brand.objects.order_by("slug").values_list("slug", flat=True))
            return self._refused(f"There is no brand {options['brand']}. There are: {known}.")
        asked = {name: options[name] for name in ASKED if options[name] is not None}
        try:
            config = Config(method=Method(options["method"]), **asked)
        except ValidationError as error:
            fault = error.errors()[0]
            return self._refused(f"--{fault['loc'][0]}: {fault['msg']}.")
        return self._train(brand, config)

    def _train(self, brand: Brand, config: Config) -> int:
        from reviews.finetune import running, versions
        from reviews.learning.pairing import sure_pairs

        versions.release_expired()
        try:
            version = versions.ask(brand=brand, config=config, scored_pairs=sure_pairs)
        except PermanentError as error:
            return self._refused(str(error.words))
        self._tell_set(version)
        mine = versions.take(LearnerVersion.objects.filter(pk=version.pk))
        if mine is None:
            return self._refused(f"Version {version.number} is being trained by somebody else just now.")
        try:
            running.run(mine, self.watch)
        except KeyboardInterrupt:
            versions.cancel(mine)
        version.refresh_from_db()
        self.stderr.write("")
        return self._told(version)

    def _tell_set(self, version: LearnerVersion) -> None:
        dataset = version.dataset
        counts = {split: sum(n.values()) for split, n in dataset.counts.items()}
        self.stderr.write(f"dataset {dataset.sha256[:10]}: " + ", ".join(f"{n} {split}" for split, n in counts.items()))
        for reason, number in dataset.exclusions.items():
            from reviews.finetune.candidates import REASONS

            self.stderr.write(f"  {number} left out: {REASONS[reason][0]}")

    def _told(self, version: LearnerVersion) -> int:
        if version.state == LearnerVersion.State.TRAINED:
            metrics = version.metrics
            self.stdout.write(
                f"version {version.number} trained in {metrics['seconds']:.0f} s, weights of step {metrics['chosen_step']}; "
                f"{version.files['weights']}"
            )
            return TRAINED
        if version.state == LearnerVersion.State.FAILED:
            self.stderr.write(version.error_en)
            return FAILED
        self.stderr.write("Stopped. The same command goes on from the last checkpoint.")
        return STOPPED

    def watch(self, what: str, done: int, total: int, loss: float) -> None:
        """One line that fills; on a pipe, a line for every tenth."""
        told = "" if math.isnan(loss) else f" loss {loss:.4f}"
        if self.stderr.isatty():
            filled = round(30 * done / total)
            self.stderr.write(f"\r{'█' * filled}{'░' * (30 - filled)} {done}/{total} {what:<8}{told}", ending="")
        elif done == total or done % max(total // 10, 1) == 0:
            self.stderr.write(f"{done}/{total} {what}{told}")

    def _refused(self, sentence: str) -> int:
        self.stderr.write(sentence)
        return BAD_INPUT
