"""/metrics: what a monitoring system reads, in Prometheus' text format."""

from collections.abc import Iterator
from secrets import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from generation.rates import rates_by_brand


class PreflightRates(Collector):
    """Pictures of each brand: made, passed at once, passed after repair; and the two shares."""

    def collect(self) -> Iterator[Metric]:
        families = {
            "made": GaugeMetricFamily("vermilion_pictures_made", "Pictures made by the machine", labels=["brand"]),
            "first": GaugeMetricFamily(
                "vermilion_pictures_first_pass", "Passed preflight before any repair", labels=["brand"]
            ),
            "passed": GaugeMetricFamily(
                "vermilion_pictures_passed", "Passed preflight, repaired or not", labels=["brand"]
            ),
            "first_share": GaugeMetricFamily(
                "vermilion_first_pass_rate", "Share that passed before any repair", labels=["brand"]
            ),
            "passed_share": GaugeMetricFamily(
                "vermilion_after_repair_rate", "Share that passed, repaired or not", labels=["brand"]
            ),
        }
        for slug, rates in rates_by_brand().items():
            for name, family in families.items():
                family.add_metric([slug], getattr(rates, name))
        yield from families.values()


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For whoever sends METRICS_TOKEN as a bearer token; to everybody else there is no such page."""
    wanted = settings.METRICS_TOKEN
    if not wanted or not compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {wanted}".encode()):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(PreflightRates())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
