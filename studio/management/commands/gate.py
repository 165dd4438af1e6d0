"""`manage.py gate --brand B --kind adapter --number N`: try a trained version against what is in use, here and now.

Exit 0: passed; 1: refused by the gate, or the trial failed, with why; 2: bad input; 3: stopped. What was stopped or killed goes on where it
was when the same command is given again.
"""

import sys
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings

from generation import claims
from generation.errors import PermanentError
from generation.models import Status
from reviews.models import Gate
from studio.learner_versions import BAD_INPUT, DONE, REFUSED, STOPPED, VersionCommand, add_number


class Command(VersionCommand):
    help = "Try a version against what is in use, on past briefs. Exit 0: passed; 1: refused or failed; 2: bad input; 3: stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        add_number(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self.run(options))

    def run(self, options: dict[str, Any]) -> int:
        from reviews.gating import gates, running

        version = self.version_of(options)
        gates.release_expired()
        try:
            gate = gates.ask(version=version)
        except PermanentError as error:
            self.stderr.write(error.words.en)
            return BAD_INPUT
        mine = claims.take_first(
            Gate.objects.filter(pk=gate.pk, status=Status.QUEUED), timedelta(seconds=settings.JOB_LEASE_SECONDS)
        )
        if mine is None:
            self.stderr.write("This version is being gated by somebody else just now.")
            return BAD_INPUT
        try:
            running.run(mine, self.watch)
        except KeyboardInterrupt:
            gates.give_back(mine)
            self.stderr.write("Stopped. The same command goes on where it was.")
            return STOPPED
        gate.refresh_from_db()
        return self._told(gate)

    def _told(self, gate: Gate) -> int:
        if gate.passed is None:
            self.stderr.write(gate.error_en or "Stopped.")
            return REFUSED if gate.error_en else STOPPED
        wins = gate.report["wins"]
        self.stdout.write(
            f"{'passed' if gate.passed else 'refused'}: wins {wins['value']:.3f} ({wins['low']:.3f} to {wins['high']:.3f}) in "
            f"{gate.report['pairs']} pairs of {gate.report['briefs']} briefs; {gate.file}"
        )
        for failure in gate.report["failures"]:
            self.stdout.write(f"  fails: {failure} {gate.report['worse'].get(failure, '')}")
        return DONE if gate.passed else REFUSED

    def watch(self, done: int, pairs: int) -> None:
        if done == pairs or done % 10 == 0:
            self.stderr.write(f"{done}/{pairs} pairs")
