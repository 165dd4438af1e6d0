# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Cycles' settings, and one render read back as arrays."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import bpy
import numpy as np
from looks import DRESSING, HERO


def _image_input():
    """OpenImageIO as Blender brings it along."""
    folder = next(Path(bpy.utils.resource_path("LOCAL")).glob("python/lib/python*/site-packages"))
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    import OpenImageIO

    return OpenImageIO


_PASSES = {"Combined": "image", HERO: "hero", DRESSING: "dressing", "Object Index": "index"}


@dataclass(frozen=True)
class Quality:
    samples: int = 16
    threads: int = 1
    device: str = "CPU"
    denoise: bool = True


def prepare(quality: Quality) -> None:
    """An empty file set up for Cycles."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    _device(quality.device)
    scene.render.threads_mode, scene.render.threads = "FIXED", quality.threads
    scene.render.resolution_percentage = 100
    scene.render.film_transparent = False
    scene.render.use_compositing = scene.render.use_sequencer = False
    scene.view_settings.view_transform = "Standard"
    scene.render.image_settings.media_type = "MULTI_LAYER_IMAGE"
    scene.render.image_settings.file_format = "OPEN_EXR_MULTILAYER"
    scene.render.image_settings.color_depth = "16"
    scene.render.image_settings.exr_codec = "NONE"
    c = scene.cycles
    c.samples, c.use_adaptive_sampling, c.adaptive_threshold, c.adaptive_min_samples = quality.samples, True, 0.06, 4
    c.max_bounces, c.diffuse_bounces, c.glossy_bounces, c.transmission_bounces, c.transparent_max_bounces = (
        4,
        1,
        3,
        4,
        6,
    )
    c.use_light_tree = False
    c.caustics_reflective = c.caustics_refractive = False
    c.sample_clamp_indirect, c.sample_clamp_direct, c.blur_glossy = 4.0, 12.0, 0.5
    c.use_denoising = quality.denoise
    c.denoiser, c.denoising_input_passes, c.denoising_prefilter = "OPENIMAGEDENOISE", "RGB_ALBEDO_NORMAL", "FAST"
    c.use_auto_tile = False
    c.pixel_filter_type, c.filter_width = "BLACKMAN_HARRIS", 1.3
    c.seed = 0


def _device(name: str) -> None:
    bpy.context.scene.cycles.device = "CPU" if name == "CPU" else "GPU"
    if name == "CPU":
        return
    settings = bpy.context.preferences.addons["cycles"].preferences
    settings.compute_device_type = name
    settings.get_devices()
    found = [d for d in settings.devices if d.type == name]
    if not found:
        raise SystemExit(f"Cycles finds no {name} device here. Leave --device out to render on the processor.")
    for device in settings.devices:
        device.use = device.type == name


def render(
    width: int, height: int, *, samples: int | None = None, aov: bool = True, index: bool = False
) -> dict[str, np.ndarray]:
    """Passes of the scene as float32 (H, W) or (H, W, 3): "image", "hero" and "dressing" (their cover), "index"."""
    scene = bpy.context.scene
    scene.render.resolution_x, scene.render.resolution_y = width, height
    if samples:
        scene.cycles.samples = samples
    layer = scene.view_layers[0]
    if aov and not layer.aovs:
        for name in (HERO, DRESSING):
            new = layer.aovs.add()
            new.name, new.type = name, "VALUE"
    layer.use_pass_object_index = index
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frame.exr"
        scene.render.filepath = str(path)
        with _quiet():
            bpy.ops.render.render(write_still=True)
        return _read(path)


@contextlib.contextmanager
def _quiet():
    """Blender tells of every file it saves; nobody asked."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _read(path: Path) -> dict[str, np.ndarray]:
    """The passes of an EXR file, which holds each as an image of its own."""
    file = _image_input().ImageInput.open(str(path))
    found, part = {}, 0
    while file.seek_subimage(part, 0):
        name = _PASSES.get(file.spec().channelnames[0].split(".")[-2])
        if name:
            pixels = np.asarray(file.read_image(part, 0, 0, file.spec().nchannels, "float"))
            found[name] = pixels[..., :3] if name == "image" else pixels[..., 0]
        part += 1
    file.close()
    return found
