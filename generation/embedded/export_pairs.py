"""Training pairs against an offline path tracer: scene files out, pictures in linear light back, finished and kept.

    seed ─▶ scene file ─▶ (the renderer, another program) ─▶ linear light ─▶ finish ─▶ pair

The renderer is any command that, given a folder and `--watch`, turns every NAME.scene.npz in it into NAME.light.npz until it is
ended. A run that was killed loses one picture; started again, it draws what is missing.

    python -m generation.embedded.export_pairs var/embedded/pairs --count 4000 --renderer "COMMAND"
"""

from __future__ import annotations

import argparse
import random
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from generation.control.blockout import Blockout
from generation.embedded.export_scene import write_scene
from generation.embedded.pair_files import Pair, pair_path, write_pair
from generation.scenes import columns, finishing, render_fast
from generation.scenes.graph import SceneGraph
from generation.scenes.kernels import sdf
from generation.scenes.looking import look, scene_of
from generation.scenes.stage import Stage
from generation.scenes.table import joined

# Tall ones most often, as posters are; half of each shape at two thirds of the size, so that more scenes are drawn in the same time.
CANVASES = (
    *((384, 672), (256, 448), (384, 672), (256, 448), (672, 384), (448, 256)),
    *((512, 512), (320, 320), (704, 352), (512, 256)),
)
# What is strewn, by mood: the renderer's words, each with the caption's in both languages.
DRESSINGS: dict[str, tuple[str, str]] = {
    "confetti": ("confetti", "彩纸"),
    "petals": ("scattered petals", "散落花瓣"),
    "leaves": ("fresh leaves", "绿叶"),
    "gold flakes": ("gold flakes", "金箔"),
    "pearls": ("pearls", "珍珠"),
    "pebbles": ("pebbles", "卵石"),
    "beads": ("colourful beads", "彩珠"),
    "glass beads": ("glass beads", "玻璃珠"),
    "snow": ("snow", "雪花"),
    "none": ("", ""),
}
_BY_MOOD: dict[str, tuple[str, ...]] = {
    "lively": ("confetti", "confetti", "gold flakes", "beads"),
    "elegant": ("petals", "pearls", "petals", "leaves"),
    "fresh": ("leaves", "leaves", "petals", "glass beads"),
    "luxury": ("gold flakes", "pearls", "gold flakes"),
    "calm": ("pebbles", "leaves", "pearls"),
    "playful": ("beads", "confetti", "beads"),
    "tech": ("glass beads", "glass beads", "none"),
    "warm": ("petals", "pebbles", "snow"),
}
_HERO_SHARE = 0.7  # of the fast tier's change to the hero's light (an exponent): real shade sets the hero off as well
_CRISP = 0.45  # what the renderer's pixel filter and denoiser took from fine detail
_MOST = 24.0  # of 255: what differs more is a shadow or a thing, no tone
_KEPT_CALM = 0.92  # share of the fast tier's own pixels in text zones


@dataclass(frozen=True)
class Staged:
    """What a seed stands for."""

    seed: int
    graph: SceneGraph
    stage: Stage
    blockout: Blockout
    dressing: str


def staged(seed: int, canvas: tuple[int, int] | None = None, dressed: bool = True) -> Staged:
    """The scene of a seed on one of CANVASES (or on `canvas`), drawn by the fast tier; `dressed`: something may be strewn."""
    from generation.scenes.group import box_aspect
    from generation.scenes.sampling import random_graph, random_layout
    from generation.scenes.staging import stage

    chance = random.Random(seed)
    width, height = canvas or chance.choice(CANVASES)
    graph = random_graph(seed)
    made = stage(graph, random_layout(seed, width, height, aspect=box_aspect(graph)))
    dressing = chance.choice(
        (*_BY_MOOD.get(graph.mood, ("none",)), "none") if chance.random() < 0.4 else _BY_MOOD.get(graph.mood, ("none",))
    )
    return Staged(seed, graph, made, render_fast.render(made, width, height), dressing if dressed else "none")


def finished(scene: Staged, image: NDArray[np.float32], hero: NDArray[np.float32]) -> NDArray[np.uint8]:
    """sRGB bytes of the offline picture (linear; `hero`: cover of the hero, 0 to 1), developed as the fast tier is.

    Text zones are the fast tier's own pixels but for a trace.
    """
    gain = float(scene.stage.frame[columns.HERO_GAIN]) ** _HERO_SHARE
    lit = np.ascontiguousarray(image * (1.0 + (gain - 1.0) * hero[..., None]), dtype=np.float32)
    rgb = finishing.finish(scene.stage, lit, scene.blockout.ids).astype(np.float32)
    rgb += _CRISP * (rgb - ndimage.gaussian_filter(rgb, (0.9, 0.9, 0)))
    return settled(rgb, scene.blockout, calm_map(scene.stage))


def settled(rgb: NDArray[np.float32], blockout: Blockout, calm: NDArray[np.float32]) -> NDArray[np.uint8]:
    """The picture with the fast tier's own pixels in text zones, and its ground's broad tone around them, so that no edge shows."""
    short = min(calm.shape)
    away = np.clip(blockout.rgb - rgb, -_MOST, _MOST)
    bare = (blockout.ids == 0).astype(np.float32)
    weight = ndimage.gaussian_filter(bare, 0.12 * short) + 1e-3
    broad = np.stack([ndimage.gaussian_filter(away[..., q] * bare, 0.12 * short) / weight for q in range(3)], axis=-1)
    around = ndimage.gaussian_filter(calm, 0.1 * short, mode="nearest") * bare
    rgb = rgb + broad * (np.minimum(1.6 * around, 1.0) * (1 - calm))[..., None]
    kept = (_KEPT_CALM * calm)[..., None]
    return np.asarray(np.clip(rgb * (1 - kept) + blockout.rgb * kept + 0.5, 0, 255), dtype=np.uint8)


def calm_map(stage: Stage) -> NDArray[np.float32]:
    """1 in text zones, falling to 0 beside them, (H, W)."""
    mask = np.zeros((stage.height, stage.width), np.float32)
    short = min(stage.width, stage.height)
    for zone in stage.calm:
        r = zone.grown(0.05 * short)
        mask[max(int(r.y0), 0) : max(int(r.y1) + 1, 0), max(int(r.x0), 0) : max(int(r.x1) + 1, 0)] = 1
    return np.asarray(ndimage.gaussian_filter(mask, 0.035 * short, mode="nearest").clip(0, 1), dtype=np.float32)


def scalars_of(stage: Stage) -> NDArray[np.uint8]:
    """Metalness, roughness, glass, emission / 2, coat / 2, grain of what is seen, uint8 (H, W, 6); the ground as it is kept elsewhere."""
    tables = joined(stage.main, stage.near)
    parts = look(scene_of(tables, stage.frame), stage.width, stage.height).parts
    m = tables.materials
    order = [columns.METAL, columns.ROUGH, columns.GLASS, columns.EMIT, columns.COAT, columns.GRAIN]
    rows = np.vstack([m[:, order] * [1, 1, 1, 0.5, 0.5, 1], [0, 0.745, 0, 0, 0, 0]])
    kind = np.where(parts >= 0, tables.parts[np.maximum(parts, 0), sdf.MATERIAL].astype(int), len(m))
    return np.asarray(np.round(rows.clip(0, 1) * 255).astype(np.uint8)[kind])


def page_of(scene: Staged) -> dict[str, Any]:
    """Seed, captions in both languages, palette, mood, dressing."""
    from generation.planning.prompts import prompt_for

    graph = scene.graph
    english = prompt_for(graph, graph.palette, graph.mood)  # type: ignore[arg-type]
    strewn = DRESSINGS[scene.dressing]
    captions = {"en": english, "zh": _chinese(english)}
    if strewn[0]:
        captions = {"en": f"{english}, {strewn[0]}", "zh": f"{captions['zh']}，{strewn[1]}"}
    return {
        "seed": scene.seed,
        "caption": captions,
        "dressing": scene.dressing,
        "palette": graph.palette.model_dump(),
        "mood": graph.mood,
        "set": graph.set,
        "kinds": {str(o.id): o.kind for o in graph.objects},
    }


def _chinese(english: str) -> str:
    """The caption phrase by phrase in the vocabulary's Chinese: words that have none are left out."""
    from generation.planning.drawables import kinds
    from generation.planning.prompts import VOCABULARY

    names = dict(VOCABULARY) | {kind.name.en.lower(): kind.name.zh for kind in kinds().values()}
    longest = max(len(name.split()) for name in names)
    phrases = []
    for phrase in english.split(", "):
        words, out = phrase.split(), ""
        while words:
            size = next((n for n in range(min(longest, len(words)), 0, -1) if " ".join(words[:n]) in names), 0)
            out += names.get(" ".join(words[:size]), "")
            words = words[max(size, 1) :]
        phrases.append(out)
    return "，".join(p for p in phrases if p)


@dataclass(frozen=True)
class Light:
    """What the renderer answers. image: linear (H, W, 3). hero: its cover (H, W), 0 to 1. dressing: its cover, uint8 (H, W)."""

    image: NDArray[np.float32]
    hero: NDArray[np.float32]
    dressing: NDArray[np.uint8]
    seconds: float


@dataclass
class Renderer:
    """The other program, started when first needed and again when it ended; it works in `folder`."""

    command: list[str]
    folder: Path
    patience: float = 900.0  # seconds for one picture
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def light(self, scene: Staged) -> Light:
        """RuntimeError when it does not answer."""
        asked, answer = (self.folder / f"{scene.seed:06d}.{end}.npz" for end in ("scene", "light"))
        answer.unlink(missing_ok=True)
        write_scene(asked, scene.stage, scene.graph, scene.blockout.ids, scene.dressing)
        self._wait(answer)
        with np.load(answer) as kept:
            hero = kept["hero"].astype(np.float32) / 255
            found = Light(kept["image"].astype(np.float32), hero, kept["dressing"], float(kept["seconds"]))
        asked.unlink()
        answer.unlink()
        return found

    def _wait(self, answer: Path) -> None:
        ends, starts = time.monotonic() + self.patience, 0
        while not answer.exists():
            if self._process is None or self._process.poll() is not None:
                starts += 1
                if starts > 3:
                    raise RuntimeError(
                        f"The renderer ended three times without drawing {answer.name}: {shlex.join(self.command)}"
                    )
                self._process = subprocess.Popen([*self.command, str(self.folder), "--watch"])
            if time.monotonic() > ends:
                raise RuntimeError(f"The renderer drew no {answer.name} within {self.patience:.0f} seconds.")
            time.sleep(0.1)

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(20)


def make_pair(scene: Staged, renderer: Renderer) -> Pair:
    light = renderer.light(scene)
    zones = (calm_map(scene.stage) > 0.5).astype(np.uint8) * np.uint8(255)
    page = page_of(scene) | {"seconds": light.seconds}
    target = finished(scene, light.image, light.hero)
    return Pair(scene.blockout, target, zones, light.dressing, scalars_of(scene.stage), page)


def make_pairs(
    folder: Path,
    seeds: range,
    renderer: Renderer,
    tell: Callable[[str], None],
    until: Callable[[], bool] = lambda: False,
) -> int:
    """Draw the pairs of `seeds` that `folder` lacks until `until` says stop. Returns how many it drew."""
    folder.mkdir(parents=True, exist_ok=True)
    renderer.folder.mkdir(parents=True, exist_ok=True)
    for left in renderer.folder.glob("*.npz"):
        left.unlink()
    drawn = 0
    for seed in seeds:
        path = pair_path(folder, seed)
        if path.exists():
            continue
        if until():
            break
        begun = time.monotonic()
        pair = make_pair(staged(seed), renderer)
        write_pair(path, pair)
        drawn += 1
        took, processor = time.monotonic() - begun, pair.page["seconds"]
        tell(
            f"{path.name} {pair.blockout.width}x{pair.blockout.height}: {took:.1f} s, {processor:.1f} of them the renderer's processor"
        )
    return drawn


def main() -> None:
    options = _options()
    renderer = Renderer(shlex.split(options.renderer), options.folder / f"queue-{options.first:06d}")
    stop: Path | None = options.stop

    def tell(line: str) -> None:
        sys.stdout.write(f"{time.strftime('%H:%M:%S')} {line}\n")
        sys.stdout.flush()

    try:
        seeds = range(options.first, options.first + options.count)
        drawn = make_pairs(options.folder, seeds, renderer, tell, lambda: stop is not None and stop.exists())
        tell(f"{drawn} pairs drawn")
    finally:
        renderer.close()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Draw training pairs with an offline renderer.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--from", dest="first", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--renderer", required=True, help="the renderer's command, in one string")
    parser.add_argument("--stop", type=Path, help="stop before the next pair once this file is there")
    return parser.parse_args()


if __name__ == "__main__":
    main()
