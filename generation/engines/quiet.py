"""What the libraries say: bars and warnings kept off the console, and of a fault the line that fits into a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 160  # characters of a library's own words


def first_line(fault: BaseException) -> str:
    """What a library raised, as part of a sentence of ours: its first line, or its class where it says nothing."""
    lines = str(fault).strip().splitlines()
    return lines[0][:LONGEST] if lines else type(fault).__name__


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
