"""Two small published networks that read lines from a photo, written so that their published weights fit by name."""

from __future__ import annotations

import torch
from torch import nn


class EdgeStage(nn.Module):
    """Some convolutions and what they say of edges at their scale."""

    def __init__(self, inside: int, outside: int, count: int, shrinks: bool) -> None:
        super().__init__()
        widths = [inside] + [outside] * count
        self.convs = nn.Sequential(*(nn.Conv2d(widths[i], outside, 3, padding=1) for i in range(count)))
        self.projection = nn.Conv2d(outside, 1, 1)
        self.shrinks = shrinks

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        if self.shrinks:
            x = nn.functional.max_pool2d(x, 2)
        for conv in self.convs:
            x = torch.relu(conv(x))
        return x, self.projection(x)


class EdgeDetector(nn.Module):
    """Holistically nested edges (Xie and Tu 2015): (B, 3, H, W), 0 to 255, to edge strength (B, 1, H, W), 0 to 1."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.norm = nn.Parameter(torch.zeros(1, 3, 1, 1))
        self.block1 = EdgeStage(3, width, 2, False)
        self.block2 = EdgeStage(width, 2 * width, 2, True)
        self.block3 = EdgeStage(2 * width, 4 * width, 3, True)
        self.block4 = EdgeStage(4 * width, 8 * width, 3, True)
        self.block5 = EdgeStage(8 * width, 8 * width, 3, True)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        x, said = pixels - self.norm, []
        for stage in (self.block1, self.block2, self.block3, self.block4, self.block5):
            x, edges = stage(x)
            said.append(nn.functional.interpolate(edges, pixels.shape[2:], mode="bilinear"))
        return torch.sigmoid(torch.stack(said).mean(dim=0))


class Residual(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        half = [nn.ReflectionPad2d(1), nn.Conv2d(width, width, 3), nn.InstanceNorm2d(width)]
        again = [nn.ReflectionPad2d(1), nn.Conv2d(width, width, 3), nn.InstanceNorm2d(width)]
        self.conv_block = nn.Sequential(*half, nn.ReLU(), *again)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        changed: torch.Tensor = x + self.conv_block(x)
        return changed


class LineDrawer(nn.Module):
    """Informative line drawings (Chan, Durand and Isola 2022): (B, 3, H, W), 0 to 1, to paper (B, 1, H, W), 1 = white."""

    def __init__(self, width: int = 64, residuals: int = 3) -> None:
        super().__init__()
        norm = nn.InstanceNorm2d
        self.model0 = nn.Sequential(nn.ReflectionPad2d(3), nn.Conv2d(3, width, 7), norm(width), nn.ReLU())
        downs: list[nn.Module] = []
        ups: list[nn.Module] = []
        for w in (width, 2 * width):
            downs += [nn.Conv2d(w, 2 * w, 3, stride=2, padding=1), norm(2 * w), nn.ReLU()]
            up = nn.ConvTranspose2d(2 * w, w, 3, stride=2, padding=1, output_padding=1)
            ups = [up, norm(w), nn.ReLU(), *ups]
        self.model1 = nn.Sequential(*downs)
        self.model2 = nn.Sequential(*(Residual(4 * width) for _ in range(residuals)))
        self.model3 = nn.Sequential(*ups)
        self.model4 = nn.Sequential(nn.ReflectionPad2d(3), nn.Conv2d(width, 1, 7), nn.Sigmoid())

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        x: torch.Tensor = self.model4(self.model3(self.model2(self.model1(self.model0(pixels)))))
        return x
