"""How often a token or a person may ask. Counted in the cache of each process: a bound against accidents, not a quota."""

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from studio.api.authentication import holder_of

WRITES_SHARE = 5


class Requests(SimpleRateThrottle):
    scope = "api"

    def get_rate(self) -> str:
        return f"{settings.API_PER_MINUTE}/min"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return self.cache_format % {"scope": self.scope, "ident": f"{request.user.pk}-{holder_of(request)[:16]}"}


class Writes(Requests):
    scope = "api-writes"

    def get_rate(self) -> str:
        return f"{max(1, settings.API_PER_MINUTE // WRITES_SHARE)}/min"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return None if request.method in SAFE_METHODS else super().get_cache_key(request, view)
