"""The two judges' networks, small enough to train on one core in minutes. Plain torch; nothing is shared with the generator."""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F  # noqa: N812 - its name everywhere

KIND_WIDTHS = (48, 96, 160)
HERO_WIDTHS = (32, 48, 80, 112)


class KindNet(torch.nn.Module):
    """Which kind a crop shows: (B, 3, 64, 64), 0 to 1, to (B, kinds) logits. A residual network (He et al. 2016) after a 4 × 4
    patch layer."""

    def __init__(self, kinds: int, widths: tuple[int, ...] = KIND_WIDTHS) -> None:
        super().__init__()
        self.width = widths[-1]
        stages: list[torch.nn.Module] = [_step(3, widths[0], 7, 4)]
        for narrow, wide in zip(widths, (*widths[1:], None), strict=True):
            stages.append(Residual(narrow))
            if wide is not None:
                stages.append(_step(narrow, wide, 3, 2))
        self.body = torch.nn.Sequential(*stages)
        self.head = torch.nn.Linear(widths[-1], kinds)

    def features(self, crops: torch.Tensor) -> torch.Tensor:
        """(B, width)."""
        return self.body(crops - 0.5).mean(dim=(2, 3))  # type: ignore[no-any-return]

    def forward(self, crops: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(crops))  # type: ignore[no-any-return]


class HeroNet(torch.nn.Module):
    """Where the hero is: (B, 3, 128, 128), 0 to 1, to (B, 64, 64) logits of its mask. A U-net (Ronneberger et al. 2015) over
    4 × 4 patches; the deepest level hears the whole picture's mean, since what is the hero depends on all else."""

    def __init__(self, widths: tuple[int, ...] = HERO_WIDTHS) -> None:
        super().__init__()
        self.width = widths[-1]
        self.stem = _step(48, widths[0], 3, 1)
        pairs = list(pairwise(widths))
        self.down = torch.nn.ModuleList(_step(a, b, 3, 2) for a, b in pairs)
        self.middle = Residual(widths[-1])
        self.whole = torch.nn.Linear(widths[-1], widths[-1])
        self.up = torch.nn.ModuleList(_step(a + b, a, 3, 1) for a, b in reversed(pairs))
        self.head = torch.nn.Conv2d(widths[0], 4, 1)

    def _encoded(self, pictures: torch.Tensor) -> list[torch.Tensor]:
        levels = [self.stem(F.pixel_unshuffle(pictures - 0.5, 4))]
        for down in self.down:
            levels.append(down(levels[-1]))
        levels[-1] = self.middle(levels[-1])
        return levels

    def features(self, pictures: torch.Tensor) -> torch.Tensor:
        """(B, width)."""
        return self._encoded(pictures)[-1].mean(dim=(2, 3))

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        *levels, deep = self._encoded(pictures)
        deep = deep + self.whole(deep.mean(dim=(2, 3)))[..., None, None]
        for level, up in zip(reversed(levels), self.up, strict=True):
            deep = up(torch.cat([F.interpolate(deep, scale_factor=2.0), level], 1))
        return F.pixel_shuffle(self.head(deep), 2)[:, 0]


class Residual(torch.nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = _step(width, width, 3, 1)
        self.second = torch.nn.Sequential(
            torch.nn.Conv2d(width, width, 3, padding=1, bias=False), torch.nn.BatchNorm2d(width)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(x + self.second(self.first(x)))


def _step(before: int, after: int, side: int, stride: int) -> torch.nn.Sequential:
    return torch.nn.Sequential(
        torch.nn.Conv2d(before, after, side, stride, padding=side // 2, bias=False),
        torch.nn.BatchNorm2d(after),
        torch.nn.ReLU(inplace=True),
    )
