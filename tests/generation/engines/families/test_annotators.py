"""Control maps from a reference photo, with real networks of random or hand-set weights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from generation.engines import annotators, detectors  # noqa: E402
from generation.engines.annotators import annotate  # noqa: E402
from generation.errors import PermanentError  # noqa: E402
from tests.generation.engines.families.cast import apart, engine, request, unsteered  # noqa: E402
from tests.generation.engines.tiny import save_tiny, scene  # noqa: E402


@pytest.fixture(scope="module")
def photo() -> np.ndarray:
    return scene(160, 224).rgb


def test_canny_draws_the_balls_rim_and_needs_no_weights(photo: np.ndarray) -> None:
    drawn, rim = annotate(photo, "canny"), scene(160, 224).edges > 0
    assert drawn.shape == photo.shape and set(np.unique(drawn)) == {0, 255}
    import cv2

    near = cv2.dilate(drawn[..., 0], np.ones((5, 5), np.uint8)) > 0
    assert near[rim].mean() > 0.9 and (drawn[..., 0] > 0).mean() < 0.1


@pytest.mark.parametrize("kind", ["depth", "soft_edge", "line_art", "pose"])
@pytest.mark.parametrize("named", [False, True])
def test_without_weights_that_is_said(kind: Any, named: bool, photo: np.ndarray, tmp_path: Path) -> None:
    with pytest.raises(PermanentError) as fault:
        annotate(photo, kind, str(tmp_path) if named else "")
    assert fault.value.words.en.startswith("Weights missing") and "缺少权重" in fault.value.words.zh
    assert "ENGINE_ANNOTATORS" in fault.value.words.en


@pytest.mark.parametrize("kind", ["soft_edge", "line_art"])
def test_pickled_weights_are_refused(kind: Any, photo: np.ndarray, tmp_path: Path) -> None:
    (tmp_path / kind).mkdir()
    (tmp_path / kind / "net.pth").write_bytes(b"\x80\x04cos\nsystem\n.")
    with pytest.raises(PermanentError) as fault:
        annotate(photo, kind, str(tmp_path))
    assert "pickled" in fault.value.words.en


def kept(model: Any, folder: Path) -> None:
    from safetensors.torch import save_file

    folder.mkdir(parents=True)
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, folder / "model.safetensors")


def test_soft_edges_are_found_by_a_network_that_was_set_to_find_them(photo: np.ndarray, tmp_path: Path) -> None:
    """Its first stage is given a Laplacian and its others silence: then strength must gather at the rim."""
    model: Any = detectors.EdgeDetector()
    for weight in model.parameters():
        weight.data.zero_()
    kernel = torch.tensor([[-1.0, -1, -1], [-1, 8, -1], [-1, -1, -1]])
    model.block1.convs[0].weight.data[0] = kernel / 3
    model.block1.convs[0].weight.data[1] = -kernel / 3
    model.block1.convs[1].weight.data[0, 0, 1, 1] = model.block1.convs[1].weight.data[0, 1, 1, 1] = 1.0
    model.block1.projection.weight.data[0, 0] = 0.2
    model.block1.projection.bias.data[:] = -20
    kept(model, tmp_path / "soft_edge")
    drawn = annotate(photo, "soft_edge", str(tmp_path))[..., 0].astype(float)
    rim = scene(160, 224).edges > 0
    assert drawn.shape == photo.shape[:2] and drawn[rim].mean() > 4 * drawn[~rim].mean()


def test_line_art_runs_on_the_published_shape(photo: np.ndarray, tmp_path: Path) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        kept(detectors.LineDrawer(), tmp_path / "line_art")
    drawn = annotate(photo, "line_art", str(tmp_path))
    assert drawn.shape == photo.shape and drawn.std() > 0


def test_weights_of_another_network_are_told(photo: np.ndarray, tmp_path: Path) -> None:
    kept(detectors.EdgeDetector(width=8), tmp_path / "line_art")
    with pytest.raises(PermanentError) as fault:
        annotate(photo, "line_art", str(tmp_path))
    assert "line_art" in fault.value.words.en and "could not be loaded" in fault.value.words.en


def test_depth_comes_from_any_estimator_that_transformers_loads(photo: np.ndarray, tmp_path: Path) -> None:
    from transformers import DepthAnythingConfig, DepthAnythingForDepthEstimation, Dinov2Config

    backbone = Dinov2Config(
        hidden_size=16, num_hidden_layers=4, num_attention_heads=2, mlp_ratio=2, image_size=56, patch_size=14,
        out_features=["stage1", "stage2", "stage3", "stage4"], reshape_hidden_states=False,
    )  # fmt: skip
    config = DepthAnythingConfig(
        backbone_config=backbone,
        reassemble_hidden_size=16,
        neck_hidden_sizes=[4, 4, 8, 8],
        fusion_hidden_size=8,
        patch_size=14,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        model = DepthAnythingForDepthEstimation(config)
    model.head.conv3.bias.data.fill_(1.0)  # or its last rectifier lets nothing of random weights through
    model.save_pretrained(tmp_path / "depth")
    drawn = annotate(photo, "depth", str(tmp_path))
    assert drawn.shape == photo.shape and np.array_equal(drawn[..., 0], drawn[..., 2])
    assert drawn.min() == 0 and drawn.max() > 8  # it says little, but not nothing


def test_a_skeleton_joins_the_joints_that_are_sure() -> None:
    joints = np.full((17, 2), 10.0)
    joints[5], joints[7], joints[9] = (20, 20), (60, 20), (60, 80)
    sure = np.zeros(17)
    sure[[5, 7]] = 1.0
    drawn = annotators._skeleton((100, 100), joints, sure)
    assert drawn[20, 40].any() and not drawn[50, 60].any()


def test_pose_runs_on_a_vitpose(photo: np.ndarray, tmp_path: Path) -> None:
    from transformers import VitPoseBackboneConfig, VitPoseConfig, VitPoseForPoseEstimation

    backbone = VitPoseBackboneConfig(
        image_size=[64, 48],
        patch_size=[16, 16],
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        out_features=["stage1"],
    )
    VitPoseForPoseEstimation(VitPoseConfig(backbone_config=backbone)).save_pretrained(tmp_path / "pose")
    assert annotate(photo, "pose", str(tmp_path)).shape == photo.shape


def test_a_photos_map_steers_in_place_of_the_blockouts() -> None:
    drawn = annotate(scene(128, 128).rgb[::-1].copy(), "canny")
    own, from_photo = engine("flux1").diffuse([request(), request(control=drawn)])
    assert apart(own, from_photo) > 0.05


def test_a_photos_map_of_another_size_or_for_a_model_that_takes_none_is_told(tmp_path: Path) -> None:
    from generation.engines.diffusers_engine import DiffusersEngine

    drawn = annotate(scene(128, 128).rgb, "canny")
    ours = DiffusersEngine(save_tiny(tmp_path), device="cpu")
    for made_by, control, said in (
        (engine("flux1"), drawn[:64], "128×64"),
        (unsteered("flux1"), drawn, "no ControlNet"),
        (ours, drawn, "maps of the scene itself"),
    ):
        with pytest.raises(PermanentError) as fault:
            made_by.diffuse([request(control=control)])
        assert said in fault.value.words.en
