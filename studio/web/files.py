"""Pictures of the file storage, for views that have asked who may see them."""

import io

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse

KEEP = "private, max-age=31536000, immutable"  # names, and the addresses of alphas, change with what they show


def file_response(name: str, *, as_alpha: bool = False) -> HttpResponse:
    """A PNG of the file storage."""
    from PIL import Image

    try:
        with default_storage.open(name) as file:
            content = bytes(file.read())
    except FileNotFoundError:
        raise Http404 from None
    if as_alpha:
        out = io.BytesIO()
        with Image.open(io.BytesIO(content)) as image:
            grey = image.convert("L")
        Image.merge("LA", (Image.new("L", grey.size), grey)).save(out, "PNG", compress_level=3)
        content = out.getvalue()
    response = HttpResponse(content, content_type="image/png")
    response["Cache-Control"] = KEEP
    return response
