"""The interface's Han characters in slices, for browsers on machines that have no such face of their own."""

from functools import lru_cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from studio.specimens import face_bytes

FACE = "noto-sans-sc"
SLICES = Path(__file__).with_name(
    "han_slices.txt"
)  # one a line, written by scripts/slice_fonts.py beside static/css/fonts.css
FOREVER = "public, max-age=31536000, immutable"  # the stylesheet's addresses change with what the slices hold


@require_safe
def han(request: HttpRequest, number: int, weight: int) -> HttpResponse:
    """A slice, cut when it is first asked for (70 ms). Open to everyone, as the sign-in page is."""
    try:
        text = _slices()[number]
        response = HttpResponse(face_bytes(FACE, weight, text), content_type="font/woff")
    except KeyError:
        raise Http404 from None
    response["Cache-Control"] = FOREVER
    return response


@lru_cache(maxsize=1)
def _slices() -> dict[int, str]:
    return dict(enumerate(SLICES.read_text(encoding="utf-8").splitlines(), start=1))
