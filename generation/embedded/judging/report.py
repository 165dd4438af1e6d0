"""The judges' report: everything as JSON, the main table as Markdown, and two sheets to look at."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.embedded.judging import arms
from generation.embedded.judging import examples as ex
from generation.embedded.judging import figures as fg
from generation.embedded.judging.ceilings import SOURCES, ceilings
from generation.embedded.judging.distances import nearest
from generation.embedded.judging.judge import Judges
from generation.embedded.judging.sheets import arms_sheet, nearest_sheet
from generation.embedded.judging.statistics import Figure
from generation.embedded.judging.worth import worth_rows

Floats = NDArray[np.float64]
GOALS = {fg.SEEN1: "≥ 85 %", fg.IOU: "≥ 85 %", fg.COLOURS: "≤ 8", fg.ENERGY: "≤ 0.35", fg.SPREAD: "≥ 0.6"}
SHARES = (fg.SEEN1, fg.SEEN5, fg.FOUND1, fg.IOU)
LEAST_SLOW = 16  # held-out slow-tier pictures that a distance to them wants


def write_report(work: Path, school: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    """Judge all pictures that `work` holds by the judges in `school`; writes report.json, report.md and the sheets into `work`.

    FileNotFoundError where there is nothing to judge, or nobody to judge it.
    """
    judges, pages = Judges.load(school), arms.pages(work)
    if not pages:
        raise FileNotFoundError(f"There are no pictures to judge in {work}: run the stage `pictures` first.")
    judged = {}
    for arm in arms.ARMS:
        judged[arm] = fg.judge_arm(judges, pages, fg.pictures_in(work, arm, pages))
        tell(f"judged: {arm}, {len(pages)} pictures")
    rows = fg.rows_of(judged)
    painted = fg.pictures_in(work, arms.BLOCKOUT, pages)
    rows[fg.COLOURS]["another brief's palette"] = fg.chance_of_colours(pages, painted)
    report: dict[str, Any] = {
        "model": _model(work),
        "briefs": len(pages),
        "judges": _judges(judges, school),
        "rows": rows,
    }
    report |= _against_slow(work, school / "examples", judges, judged, rows) | _diversity(work, judges, rows)
    report |= {"worth": worth_rows(work), "seconds": _seconds(work)}
    _write(work, report)
    arms_sheet(work, judges, pages[:8], work / "sheet-arms.jpg")
    return report


def _model(work: Path) -> str:
    kept = json.loads((work / "model.json").read_text(encoding="utf-8"))
    return f"{kept['name']} {kept['weights'][:10]}, pictures of about {kept['area']:,} px"


def _judges(judges: Judges, school: Path) -> dict[str, Any]:
    return {
        "kinds": len(judges.labels.kinds),
        "labels": judges.labels.count,
        "merged": judges.labels.merged,
        "ceilings": ceilings(judges, school / "examples"),
    }


def _against_slow(
    work: Path, examples: Path, judges: Judges, judged: dict[str, fg.Judged], rows: fg.Rows
) -> dict[str, Any]:
    """Distances to slow-tier pictures: those the judges never saw for KID, all for the nearest one."""
    held = ex.paths_of(examples, "slow", held=True)
    every = ex.paths_of(examples, "slow")
    if len(held) < LEAST_SLOW:
        return {
            "left out": f"KID and nearest pictures: only {len(held)} held-out slow-tier pictures, {LEAST_SLOW} are wanted"
        }
    slow = judges.features(_wholes(held))
    paths = [work / "round trips" / f"{_seed(p)}.png" for p in held[::2]]
    trips = None
    if all(p.exists() for p in paths):
        trips = judges.features(np.stack([ex.squeezed(arms.load(p)) for p in paths]))
    rows[fg.KID] = fg.kid_rows(judged, slow, trips)
    wholes = _wholes(every)
    training = judges.features(wholes)
    near = fg.nearest_rows(judged, training, wholes)
    rows[fg.NEAREST] = near.pop("features")
    shown = judged[arms.NOISE]
    away, which = nearest(shown.features, training)
    nearest_sheet(shown.wholes, wholes[which], away, work / "sheet-nearest.jpg")
    return {"nearest": near, "slow-tier pictures": {"held out": len(held), "all": len(every)}}


def _diversity(work: Path, judges: Judges, rows: fg.Rows) -> dict[str, Any]:
    if not list((work / "seeds" / "asked").glob("*.json")):
        return {"left out, seeds": "diversity: run the stage `seeds` first"}
    names = (*arms.SEEDED, arms.RESTAGED_DEFAULT, arms.RESTAGED)
    rows[fg.SPREAD] = fg.spread_rows({arm: fg.seeds_in(work, arm, judges) for arm in names})
    return {}


def _wholes(paths: Sequence[Path]) -> NDArray[np.uint8]:
    return np.stack([e.whole for e in ex.read_all(list(paths))])


def _seed(path: Path) -> int:
    return int(path.stem.split("-")[1])


def _seconds(work: Path) -> dict[str, float]:
    path = work / "seconds.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return {arm: round(spent / made, 3) for arm, (spent, made) in kept.items() if made}


def _write(work: Path, report: dict[str, Any]) -> None:
    text = json.dumps(report, ensure_ascii=False, indent=1, default=lambda figure: figure.as_dict())
    (work / "report.json").write_text(text + "\n", encoding="utf-8")
    (work / "report.md").write_text(markdown(report), encoding="utf-8")


def markdown(report: dict[str, Any]) -> str:
    """The report as tables: arms across, figures down."""
    lines = [f"{report['briefs']} held-out briefs, {report['model']}. In brackets the 95 % interval.", ""]
    lines += ["| figure | " + " | ".join(arms.ARMS) + " | goal |", "| --- " * (len(arms.ARMS) + 2) + "|"]
    for name, row in report["rows"].items():
        if name == fg.SPREAD:
            continue
        cells = [_cell(name, row.get(arm)) for arm in arms.ARMS]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {GOALS.get(name, '')} |")
    lines += ["", *_beside(report["rows"]), *_worth(report["worth"]), "", *_ceilings(report["judges"])]
    lines += [f"\n{name}: {why}." for name, why in report.items() if name.startswith("left out")]
    lines += ["", "Processor seconds a picture, one thread: " + _told(report["seconds"]) + "."]
    return "\n".join(lines) + "\n"


def _beside(rows: fg.Rows) -> list[str]:
    """What has no column: floors, chance, diversity."""
    lines = [
        f"- {name}, {what}: {_cell(name, figure)} ({figure.count} items)"
        for name, row in rows.items()
        for what, figure in row.items()
        if what not in arms.ARMS and name != fg.SPREAD
    ]
    spreads = rows.get(fg.SPREAD, {})
    return lines + [f"- {fg.SPREAD}, {arm}: {_cell(fg.SPREAD, f)} ({f.count} briefs)" for arm, f in spreads.items()]


def _worth(worth: dict[str, Figure]) -> list[str]:
    return [f"- {name}, full size: {_cell(name, f)} ({f.count} pairs)" for name, f in worth.items()]


def _ceilings(judges: dict[str, Any]) -> list[str]:
    found: dict[str, dict[str, Figure]] = judges["ceilings"]
    merged = "; ".join(" = ".join(m) for m in judges["merged"]) or "none"
    names = list(next(iter(found.values()))) if found else []
    lines = [f"The judges know {judges['kinds']} kinds as {judges['labels']} labels. Counted as one: {merged}.", ""]
    lines += ["| judges' own ceiling, on held-out | " + " | ".join(names) + " |", "| --- " * (len(names) + 1) + "|"]
    for source, row in found.items():
        cells = [f"{_percent(f)}, n = {f.count}" for f in row.values()]
        lines.append(f"| {SOURCES[source]} | " + " | ".join(cells) + " |")
    return lines


def _cell(name: str, figure: Figure | None) -> str:
    if figure is None:
        return "–"
    if name in SHARES:
        return _percent(figure)
    if figure.low is None or figure.high is None:
        return f"{figure.value:.3g}"
    return f"{figure.value:.3g} ({figure.low:.3g} to {figure.high:.3g})"


def _percent(f: Figure) -> str:
    return f"{f.value:.0%} ({f.low:.0%} to {f.high:.0%})" if f.count else "–"


def _told(seconds: dict[str, float]) -> str:
    return ", ".join(f"{arm} {value:.2f}" for arm, value in seconds.items()) or "not measured"
