"""`manage.py produce BRIEF.yaml --out DIR`: the whole path in this process."""

import errno
import sys
import traceback
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from brand_styles.licences import USUAL, unlicensed
from brand_styles.manners import today_of
from brand_styles.selectors import UnknownBrand, style_for
from brand_styles.style import BrandStyle
from generation.errors import BriefProblem, BriefProblems, GenerationError
from generation.pipeline import copy_findings
from generation.planning.brief_problems import with_lines
from generation.planning.yaml_source import read_yaml
from generation.producing import DoesNotFit

if TYPE_CHECKING:
    from generation.planning.brief import Brief

PASSED, FAILED, BAD_BRIEF, BLOCKED = 0, 1, 2, 3


class Command(BaseCommand):
    help = (
        "Make every asset of a brief. Exit 0: all made and passed; 3: some blocked; 2: a bad brief; 1: anything else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("brief", type=Path, help="the brief, a YAML file")
        parser.add_argument("--out", type=Path, required=True, help="folder for the assets and manifest.json")
        parser.add_argument("--variants", type=int, help="instead of the brief's")
        parser.add_argument("--formats", help="instead of the brief's: 1080x1080,728x90")
        parser.add_argument("--seed", type=int, help="instead of the brief's")
        parser.add_argument(
            "--cut-out",
            action="store_true",
            help="cut a product photo out by itself, with nobody to look at the cut-out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self.run(**options))

    def run(self, brief: Path, out: Path, **options: Any) -> int:
        try:
            return self.produce(brief, out, options)
        except BriefProblems as problems:
            return self.refuse(brief, problems.problems)
        except BriefProblem as problem:
            return self.refuse(brief, [problem])
        except DoesNotFit as misfit:
            for each in misfit.misfits:
                self.stderr.write(f"{brief}: {each.field}: {each.words}")
            return BAD_BRIEF
        except GenerationError as error:
            self.stderr.write(f"{brief}: {error.words}")
            return BAD_BRIEF if error.field else FAILED
        except OSError as error:
            self.stderr.write(told(error, out))
            return FAILED
        except MemoryError:
            self.stderr.write(
                f"{brief}: this machine ran out of memory. Close other programs, or ask for fewer formats at once."
            )
            return FAILED
        except Exception:  # the whole story for whoever looks after the code, a sentence for whoever ran it
            self.stderr.write(traceback.format_exc())
            self.stderr.write(
                f"{brief}: the studio failed for a reason it did not foresee, told above. Nothing half-written was left."
            )
            return FAILED

    def refuse(self, brief: Path, problems: list[BriefProblem]) -> int:
        """Tell what is wrong with the brief: file, line, field, what was expected."""
        if any(p.line is None for p in problems):
            with suppress(OSError, BriefProblems):
                with_lines(problems, read_yaml(brief).line_of)
        for p in problems:
            where = f"{brief}:{p.line}" if p.line else str(brief)
            self.stderr.write(f"{where}: {p.words}" + (f" (expected {p.expected})" if p.expected else ""))
        return BAD_BRIEF

    def produce(self, path: Path, out: Path, options: dict[str, Any]) -> int:
        from generation.brand_files import files_of
        from generation.engines.loading import default_engine
        from generation.planning.brief import load_brief
        from generation.planning.evidence import evidence_of
        from generation.planning.llm import default_model
        from generation.producing import prepare, produce
        from generation.products.sources import product_for

        brief = load_brief(path, {k: options[k] for k in ("variants", "formats", "seed") if options[k] is not None})
        brand = licensed(brand_of(brief.brand), brief)
        product = product_for(brief, path.parent, cut=options["cut_out"])
        evidence = evidence_of(brief, path.parent)
        self.stderr.write("planning and layout")
        production = prepare(brief, brand, product, default_model(), evidence, files_of(brand))
        for step in {step.detail: step for task in production.tasks for step in task.mended}.values():
            self.stderr.write(f"{path}: reworded ({step.finding}): {step.detail}")
        for finding in copy_findings(production.tasks[0]):
            self.stderr.write(f"{path}: {finding.severity}: {finding.words}")
        manifest = produce(production, default_engine(), out, self.watch)
        blocked = [a["id"] for a in manifest["assets"] if a["verdict"] != "pass"]
        self.stderr.write("")
        made = len(manifest["assets"])
        self.stdout.write(f"{made - len(blocked)} of {made} passed; {out / 'manifest.json'}")
        for id in blocked:
            self.stdout.write(f"blocked: {id}, see {out / id}.preflight.json")
        return BLOCKED if blocked else PASSED

    def watch(self, done: int, total: int, stage: str, share: float) -> None:
        """One line that fills; on a pipe, a line a stage."""
        if self.stderr.isatty():
            filled = round(30 * share)
            line = f"\r{'█' * filled}{'░' * (30 - filled)} {done}/{total} {stage:<10}"
            self.stderr.write(line, ending="")
        elif (done, stage) != getattr(self, "_last", None):
            self._last = (done, stage)
            self.stderr.write(f"{done}/{total} {stage}")


def brand_of(reference: str) -> BrandStyle:
    """The brand's style; BriefProblem where there is none."""
    try:
        return style_for(reference)
    except UnknownBrand as unknown:
        raise BriefProblem(
            f"brand “{reference}” does not exist in this studio.",
            f"brand：本工作室没有“{reference}”这个品牌。",
            field="brand",
            expected=", ".join(unknown.known),
        ) from None


def licensed(brand: BrandStyle, brief: "Brief") -> BrandStyle:
    """The same; BriefProblem where a font's licence does not cover the day or the brief's media."""
    today = today_of(brand.manners, brief.market or brand.market)
    for _, words in unlicensed(brand, on=today, media=brief.media or USUAL):
        raise BriefProblem(words.en, words.zh, field="brand")
    return brand


def told(error: OSError, out: Path) -> str:
    """An operating-system error in a sentence."""
    if error.errno == errno.ENOSPC:
        return f"{out}: the disk is full. Free some space and run the command again; nothing half-written was left."
    if error.errno in (errno.EACCES, errno.EROFS):
        return f"{error.filename or out}: this folder can't be written to. Choose another with --out."
    if error.errno == errno.ENOENT:
        return f"{error.filename}: there is no such file."
    return f"{error.filename or out}: {error.strerror}."
