"""Prompts on their way into a model: encoded once however many formats they are for, and never cut short in silence."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import torch

from generation.engines.families import Family
from generation.errors import PermanentError

REMEMBERED = 16  # prompt batches whose embeddings are kept
LONGEST = 20_000  # characters; no brief needs more, and a tokenizer would take minutes


class Remembered:
    """A pipeline's `encode_prompt` that keeps its latest results. `dress` tells results apart that other adapters gave."""

    def __init__(self, encode: Callable[..., Any]) -> None:
        self.encode = encode
        self.dress: object = None
        self.results: OrderedDict[str, Any] = OrderedDict()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if any(isinstance(v, torch.Tensor) for v in (*args, *kwargs.values())):
            return self.encode(*args, **kwargs)
        key = repr((self.dress, args, sorted(kwargs.items())))
        if key not in self.results:
            self.results[key] = self.encode(*args, **kwargs)
            if len(self.results) > REMEMBERED:
                self.results.popitem(last=False)
        self.results.move_to_end(key)
        return self.results[key]


def remember_prompts(pipe: Any) -> Remembered:
    """Make the pipeline remember what it encoded."""
    pipe.encode_prompt = Remembered(pipe.encode_prompt)
    remembered: Remembered = pipe.encode_prompt
    return remembered


def unread_words(pipe: Any, family: Family, prompt: str) -> str:
    """The end of a prompt that the model will not read; empty where it reads all. PermanentError on one out of all measure."""
    if len(prompt) > LONGEST:
        raise PermanentError(
            f"The prompt has {len(prompt):,} characters; {family.name} reads about {family.prompt_tokens} words. "
            "Say the scene in a few sentences.",
            f"提示词有 {len(prompt):,} 个字符，而 {family.name} 约只能读取 {family.prompt_tokens} 个词：请用几句话描述画面。",
        )
    tokenizer = _longest_reader(pipe)
    if tokenizer is None or not getattr(tokenizer, "is_fast", False):
        return ""
    limit = min(family.prompt_tokens, int(tokenizer.model_max_length))
    spans = tokenizer(prompt, return_offsets_mapping=True, add_special_tokens=False)["offset_mapping"]
    reads = limit - tokenizer.num_special_tokens_to_add()
    return prompt[spans[reads][0] :] if len(spans) > reads else ""


def _longest_reader(pipe: Any) -> Any:
    """The tokenizer that reads furthest: what it leaves out nobody reads."""
    found = [getattr(pipe, name, None) for name in ("tokenizer", "tokenizer_2", "tokenizer_3")]
    readers = [t for t in found if t is not None and hasattr(t, "model_max_length")]
    return max(readers, key=lambda t: int(t.model_max_length), default=None)
