"""The pictures to be judged: each held-out brief made in every way ("arm"), and kept as files, so that judges may come later.

blockout                    the fast tier itself
round trip                  the blockout through the autoencoder and back: what it costs to be seen through it
default                     as the engine ships it, strength and finish by the checkpoint's own card
noise                       from noise, steered, text zones held to the blockout's latents; the decoder's own pixels
noise, zones free           the same without holding text zones
noise, no control           from noise, the ControlNet's scale 0, zones free: the words alone
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generation.embedded.judging.briefs import AREA, FIRST_SEED, Asked, HeldOut, held_out, others

if TYPE_CHECKING:
    from generation.engines.base import PictureRequest
    from generation.engines.diffusers_engine import DiffusersEngine

Bytes = NDArray[np.uint8]

BLOCKOUT, ROUND_TRIP, DEFAULT = "blockout", "round trip", "default"
NOISE, FREE, WORDS = "noise", "noise, zones free", "noise, no control"
ARMS = (BLOCKOUT, ROUND_TRIP, DEFAULT, NOISE, FREE, WORDS)
SEEDED = (DEFAULT, NOISE, WORDS)  # arms of which one brief is made with several seeds
SEEDS = 8
RESTAGED, RESTAGED_DEFAULT = "restaged blockout", "restaged default"
BATCH = 8  # on a graphics card


@dataclass
class Studio:
    """Where pictures are made and kept. seconds: processor time and count by arm."""

    work: Path
    engine: DiffusersEngine
    area: int = AREA
    first_seed: int = FIRST_SEED
    until: Callable[[], bool] = lambda: False
    tell: Callable[[str], None] = print
    seconds: dict[str, list[float]] = field(default_factory=dict)

    @property
    def batch(self) -> int:
        return 1 if self.engine.device == "cpu" else BATCH

    def timed(self, arm: str, make: Callable[[], list[Bytes]]) -> list[Bytes]:
        begun = time.process_time()
        made = make()
        spent = self.seconds.setdefault(arm, [0.0, 0.0])
        spent[0] += time.process_time() - begun
        spent[1] += len(made)
        return made


def make_pictures(studio: Studio, count: int) -> int:
    """Every arm of the first `count` briefs that are not there yet. Returns how many briefs are complete."""
    sign(studio)
    folder = studio.work / "pictures"
    seeds = range(studio.first_seed, studio.first_seed + count)
    missing = [s for s in seeds if not page_path(folder, s).exists()]
    for i in range(0, len(missing), studio.batch):
        if studio.until():
            break
        _make(studio, folder, missing[i : i + studio.batch])
        studio.tell(f"pictures: {count - len(missing) + min(i + studio.batch, len(missing))} of {count} briefs")
    keep_seconds(studio)
    return sum(page_path(folder, s).exists() for s in seeds)


def sign(studio: Studio) -> None:
    """Write whose pictures these are into model.json."""
    ours = {"name": studio.engine.name, "weights": studio.engine.weights_hash, "area": studio.area}
    write_json(studio.work / "model.json", ours)


def _make(studio: Studio, folder: Path, seeds: Sequence[int]) -> None:
    briefs = [held_out(seed, studio.area) for seed in seeds]
    studio.timed(BLOCKOUT, lambda: [b.blockout.rgb for b in briefs])
    made = {arm: studio.timed(arm, lambda a=arm: pictures_of(studio.engine, a, briefs)) for arm in ARMS[1:]}  # type: ignore[misc]
    made[BLOCKOUT] = [b.blockout.rgb for b in briefs]
    for i, brief in enumerate(briefs):
        for arm, pictures in made.items():
            save(folder / arm / f"{brief.seed}.png", pictures[i])
        asked = brief.asked()
        write_json(page_path(folder, brief.seed), asked.as_dict() if asked else {"seed": brief.seed, "kind": None})


def make_seeds(studio: Studio, count: int) -> int:
    """Several pictures of each of the first `count` briefs: by other noise, and by other scenes of the same words."""
    sign(studio)
    folder = studio.work / "seeds"
    seeds = range(studio.first_seed, studio.first_seed + count)
    for seed in seeds:
        if page_path(folder, seed).exists():
            continue
        if studio.until():
            break
        _make_seeds(studio, folder, held_out(seed, studio.area))
        studio.tell(f"seeds: {seed - studio.first_seed + 1} of {count} briefs")
    return sum(page_path(folder, s).exists() for s in seeds)


def _make_seeds(studio: Studio, folder: Path, brief: HeldOut) -> None:
    again = list(others(brief, SEEDS))
    made = {RESTAGED: [b.blockout.rgb for b in again], RESTAGED_DEFAULT: pictures_of(studio.engine, DEFAULT, again)}
    for arm in SEEDED:
        made[arm] = pictures_of(studio.engine, arm, [brief] * SEEDS, range(SEEDS))
    for arm, pictures in made.items():
        for n, picture in enumerate(pictures):
            save(folder / arm / f"{brief.seed}-{n}.png", picture)
    write_json(page_path(folder, brief.seed), {"seed": brief.seed})


def pictures_of(
    engine: DiffusersEngine, arm: str, briefs: Sequence[HeldOut], noises: Sequence[int] | None = None
) -> list[Bytes]:
    """One arm's picture of each brief, uint8 at the model's size; `noises`: seeds of the noise in place of the briefs' own."""
    seeds = noises or [b.seed for b in briefs]
    requests = [request_of(arm, b, seed) for b, seed in zip(briefs, seeds, strict=True)]
    if arm == DEFAULT:
        return [p.rgb for p in engine.diffuse(requests)]
    return _sampled(engine, requests, round_trip=arm == ROUND_TRIP)


def request_of(arm: str, brief: HeldOut, seed: int) -> PictureRequest:
    """What an arm asks of the engine."""
    from generation.engines.base import PictureRequest

    request = PictureRequest(brief.blockout, brief.prompt, "", seed, text_zones=brief.layout.text_zones)
    if arm in (DEFAULT, ROUND_TRIP):
        return request
    request = replace(request, strength=1.0, text_zones=request.text_zones if arm == NOISE else ())
    return replace(request, controlnet_conditioning_scale=0.0) if arm == WORDS else request


def _sampled(engine: DiffusersEngine, requests: Sequence[PictureRequest], round_trip: bool) -> list[Bytes]:
    """The decoder's own pixels, which the engine never ships by themselves."""
    from generation.engines import batching

    jobs = [batching.job_for(i, r, engine.area, engine.least_area) for i, r in enumerate(requests)]
    made: dict[int, Bytes] = {}
    for group in batching.batches(jobs, 1 if engine.device == "cpu" else BATCH):
        decoded = engine.sampler.round_trip(group) if round_trip else engine.sampler.sample(group)
        made |= {job.index: as_bytes(d) for job, d in zip(group, decoded, strict=True)}
    return [made[i] for i in range(len(requests))]


def round_trips(studio: Studio, pairs: Path, seeds: Sequence[int]) -> None:
    """Slow-tier pictures through the autoencoder and back, at the size of the other pictures: the floor of their distances."""
    from generation.embedded.judging.briefs import canvas
    from generation.embedded.pair_files import pair_path, read_pair

    for seed in seeds:
        path = studio.work / "round trips" / f"{seed}.png"
        if path.exists() or studio.until():
            continue
        target = read_pair(pair_path(pairs, seed)).target
        size = canvas(target.shape[1], target.shape[0], studio.area)
        save(
            path,
            through_autoencoder(studio.engine, np.asarray(Image.fromarray(target).resize(size, Image.Resampling.BOX))),
        )


def through_autoencoder(engine: DiffusersEngine, picture: Bytes) -> Bytes:
    import torch

    space = engine.sampler.space
    pixels = torch.from_numpy(picture.astype(np.float32)).permute(2, 0, 1)[None] / 127.5 - 1
    with torch.inference_mode():
        return as_bytes(space.pictures(space.encode(pixels))[0])


def as_bytes(picture: NDArray[np.float32]) -> Bytes:
    return np.asarray(np.clip(picture, 0, 1) * 255 + 0.5, dtype=np.uint8)


def page_path(folder: Path, seed: int) -> Path:
    return folder / "asked" / f"{seed}.json"


def pages(work: Path) -> list[Asked]:
    """What was asked of each complete brief, by seed; those whose hero is out of the picture are left out."""
    kept = [json.loads(p.read_text(encoding="utf-8")) for p in sorted((work / "pictures" / "asked").glob("*.json"))]
    return [Asked.of(k) for k in kept if k["kind"] is not None]


def load(path: Path) -> Bytes:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def save(path: Path, picture: Bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    Image.fromarray(picture).save(partial, "PNG", compress_level=3)
    partial.replace(path)


def write_json(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    partial.replace(path)


def keep_seconds(studio: Studio) -> None:
    """Add what this run spent to seconds.json: arm, processor seconds, pictures."""
    path = studio.work / "seconds.json"
    kept: dict[str, list[float]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for arm, (spent, made) in studio.seconds.items():
        before = kept.get(arm, [0.0, 0.0])
        kept[arm] = [round(before[0] + spent, 3), before[1] + made]
    studio.seconds.clear()
    write_json(path, kept)
