"""The table against the diffusers that is installed, and how a checkpoint's family is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from generation.engines.batching import MULTIPLE
from generation.engines.families import BYTES, FAMILIES, Family, resolve
from generation.engines.loading import Checkpoint, family_of_file, find_checkpoint
from generation.errors import PermanentError

torch = pytest.importorskip("torch")

from generation.engines.conditioning import ControlMap  # noqa: E402
from tests.generation.engines.families.cast import SLUGS, folder  # noqa: E402
from tests.generation.engines.families.tiny_models import BUILDERS  # noqa: E402

ROOT = Path(__file__).resolve().parents[4]


def each(families: tuple[Family, ...] = FAMILIES) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("family", families, ids=lambda f: f.slug)


@each()
def test_every_class_of_a_row_is_in_the_installed_diffusers(family: Family) -> None:
    named = [*family.classes, *family.denoisers, *filter(None, [family.controlnet])]
    assert len(named) >= 3
    assert all(isinstance(resolve(name), type) for name in named)


@each()
def test_a_row_is_whole(family: Family) -> None:
    assert set(family.maps) <= set(get_args(ControlMap)) - {"dense"}
    assert bool(family.control) == bool(family.maps) == bool(family.controlnet) == ("controlnet" in family.parameters)
    assert MULTIPLE % family.multiple == 0
    assert all(w % family.multiple == h % family.multiple == 0 for w, h in family.native_sizes)
    assert family.denoiser in family.parameters and family.slug in BUILDERS
    assert family.memory_gib("bf16") == pytest.approx(family.memory_gib("fp32") / 2)
    assert family.memory_gib("bf16", control=False) <= family.memory_gib("bf16")


def test_memory_of_the_known_ones_is_what_their_files_weigh() -> None:
    """SD 1.5's published fp16 parts weigh 1.72 (UNet) + 0.25 + 0.17 GB, its ControlNet 0.72 GB; FLUX.1's bf16 transformer 23.8."""
    by_slug = {f.slug: f for f in FAMILIES}
    assert by_slug["sd15"].memory_gib("fp16") == pytest.approx(2.86e9 / 2**30, rel=0.03)
    assert by_slug["flux1"].parameters["transformer"] * BYTES["bf16"] == pytest.approx(23.8, rel=0.01)


def test_a_class_that_is_not_there_is_told() -> None:
    with pytest.raises(PermanentError) as fault:
        resolve("NoSuchPipeline")
    assert "NoSuchPipeline" in fault.value.words.en and "NoSuchPipeline" in fault.value.words.zh


@pytest.mark.parametrize("slug", SLUGS)
def test_a_folders_family_is_told_from_its_index(slug: str) -> None:
    found = find_checkpoint(folder(slug))
    assert found.family.slug == slug and found.steered == bool(found.family.control)


@each()
def test_any_of_a_familys_classes_names_it(family: Family, tmp_path: Path) -> None:
    for name in family.classes:
        (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": name}))
        assert find_checkpoint(tmp_path, "none").family is family


@each(tuple(f for f in FAMILIES if f.keys))
def test_a_single_files_family_is_told_from_its_names(family: Family, tmp_path: Path) -> None:
    from safetensors.torch import save_file

    for i, key in enumerate(family.keys):
        path = tmp_path / f"{i}.safetensors"
        save_file({key: torch.zeros(1), "and.others": torch.zeros(1)}, path)
        assert family_of_file(path) is family


def test_flux_2_and_sdxl_files_are_not_taken_for_their_elders(tmp_path: Path) -> None:
    """They hold the elder's telling names too."""
    from safetensors.torch import save_file

    by_slug = {f.slug: f for f in FAMILIES}
    for younger, elder in (("flux2", "flux1"), ("sdxl", "sd15")):
        path = tmp_path / f"{younger}.safetensors"
        save_file({by_slug[s].keys[0]: torch.zeros(1) for s in (elder, younger)}, path)
        assert family_of_file(path).slug == younger


def test_an_unknown_family_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    (tmp_path / "model_index.json").write_text('{"_class_name": "StableCascadePipeline"}')
    with pytest.raises(PermanentError) as fault:
        find_checkpoint(tmp_path, "none")
    for words in (fault.value.words.en, fault.value.words.zh):
        assert "StableCascadePipeline" in words and "FLUX.1" in words


def test_a_file_of_no_family_is_told(tmp_path: Path) -> None:
    from safetensors.torch import save_file

    save_file({"what.is.this": torch.zeros(1)}, tmp_path / "odd.safetensors")
    with pytest.raises(PermanentError) as fault:
        find_checkpoint(tmp_path / "odd.safetensors", "none")
    assert "odd.safetensors" in fault.value.words.en and "LoRA" in fault.value.words.en


def test_a_variant_changes_steps_guidance_and_licence(tmp_path: Path) -> None:
    """FLUX.1 [schnell] is told from its transformer's config: four steps, no guidance, free to sell."""
    (tmp_path / "model_index.json").write_text('{"_class_name": "FluxPipeline"}')
    (tmp_path / "transformer").mkdir()
    told: list[Checkpoint] = []
    for embeds in (True, False):
        (tmp_path / "transformer" / "config.json").write_text(json.dumps({"guidance_embeds": embeds}))
        told.append(find_checkpoint(tmp_path, "none"))
    dev, schnell = told
    assert dev.variant is None and (dev.steps, dev.guidance) == (28, 3.5) and dev.family.licence.commercial == "no"
    assert schnell.variant is not None and (schnell.steps, schnell.guidance) == (4, 0.0)
    assert schnell.variant.licence.commercial == "yes"


@each()
def test_the_docs_tell_of_every_row(family: Family) -> None:
    text = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    assert f"| {family.name} |" in text
    assert f"{family.memory_gib(family.dtype):.1f} GiB" in text and family.licence.name in text
