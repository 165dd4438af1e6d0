"""The libraries' bars and warnings kept off the console: what matters of them is told in words by the engine itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def quiet() -> Iterator[None]:
    """While open, diffusers and transformers say errors only."""
    from diffusers.utils import logging as diffusers_log
    from transformers.utils import logging as transformers_log

    before = diffusers_log.get_verbosity(), transformers_log.get_verbosity()
    for log in (diffusers_log, transformers_log):
        log.set_verbosity_error()
        log.disable_progress_bar()
    try:
        yield
    finally:
        for log, level in zip((diffusers_log, transformers_log), before, strict=True):
            log.set_verbosity(level)
            log.enable_progress_bar()
