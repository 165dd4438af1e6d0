"""The adapter itself: a LoRA laid on an engine's denoiser, switched off for the reference, written in diffusers' own format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from reviews.finetune.predicting import Predictor

NAME = "vermilion"
FILE = "pytorch_lora_weights.safetensors"
# A checkpoint of ours is small and attends to the text at two levels only; what its scenes look like is drawn by its convolutions.
OURS_TOO = ("conv_in", "conv1", "conv2", "conv_out")


class Adapter:
    """A LoRA on a denoiser. `weights`: what is trained, in an order that never changes. `targets`: the layers it is laid on."""

    def __init__(self, predictor: Predictor, targets: tuple[str, ...], config: Mapping[str, Any]) -> None:
        self.predictor = predictor
        self.denoiser = predictor.denoiser
        self.targets = targets
        self.config = dict(config)
        self.named = {n: w for n, w in self.denoiser.named_parameters() if f".{NAME}." in n}

    @property
    def weights(self) -> list[torch.nn.Parameter]:
        return list(self.named.values())

    @contextmanager
    def without(self) -> Iterator[None]:
        """The base alone, no gradients: the reference of the preference methods."""
        self.denoiser.disable_adapters()
        try:
            with torch.no_grad():
                yield
        finally:
            self.denoiser.enable_adapters()

    def state(self) -> dict[str, torch.Tensor]:
        """A copy of the weights on the CPU, by name."""
        return {name: w.detach().cpu().clone() for name, w in self.named.items()}

    def load(self, state: Mapping[str, torch.Tensor]) -> None:
        """KeyError where the state is of another adapter."""
        with torch.no_grad():
            for name, weight in self.named.items():
                weight.copy_(state[name])

    def save(self, folder: Path, state: Mapping[str, torch.Tensor]) -> Path:
        """Write `state` as the family's pipelines load it (diffusers' save_lora_weights). OSError on a full disk."""
        from peft.utils import get_peft_model_state_dict

        kept = self.state()
        self.load(state)
        try:
            family, pipe = self.predictor.family, self.predictor.pipe
            layers = get_peft_model_state_dict(self.denoiser, adapter_name=NAME)
            layers = {name: w.detach().cpu().float().contiguous() for name, w in layers.items()}
            metadata = {f"{family.denoiser}_lora_adapter_metadata": self.config}
            type(pipe).save_lora_weights(
                folder, **{f"{family.denoiser}_lora_layers": layers}, weight_name=FILE, **metadata
            )
        finally:
            self.load(kept)
        return folder / FILE

    def detach(self) -> None:
        """Take it off. What it was laid on is as before."""
        self.denoiser.delete_adapters(NAME)


def attach(predictor: Predictor, rank: int, alpha: float, seed: int) -> Adapter:
    """A fresh LoRA: its update is nothing until it is trained (Hu et al. 2021, section 4.1). The base learns nothing.

    Drawn from `seed` alone: the numbers of the process are left as they were.
    """
    from peft import LoraConfig

    family = predictor.family
    targets = (*family.lora_targets, *OURS_TOO) if predictor.engine.ours else family.lora_targets
    for part in predictor.pipe.components.values():
        if isinstance(part, torch.nn.Module):
            part.requires_grad_(False)
    config = LoraConfig(r=rank, lora_alpha=alpha, target_modules=list(targets), init_lora_weights="gaussian")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        predictor.denoiser.add_adapter(config, adapter_name=NAME)
    adapter = Adapter(predictor, targets, config.to_dict())
    for weight in adapter.weights:
        weight.data = weight.data.float()  # small steps vanish in half precision
    return adapter
