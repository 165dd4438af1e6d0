"""Pages packed on their way: text alone, since pictures and archives are packed already. Static files, packed beforehand."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from whitenoise.storage import CompressedManifestStaticFilesStorage

TEXT = ("text/html", "application/json", "application/problem+json", "application/vnd.oai.openapi")


class PackedText(GZipMiddleware):
    """Middleware: gzip for pages and JSON. Django hides a page's length in random bytes, and its CSRF tokens change each time.

    A view that answers 304 gives its ETag as weak: packing makes it so, and the browser sends back what it got.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith(TEXT):
            return response
        packed: HttpResponseBase = super().process_response(request, response)
        return packed


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Static files whose names tell their content, those of imported scripts, too: else a browser loads and runs a module twice."""

    support_js_module_import_aggregation = True
