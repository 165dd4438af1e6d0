"""Telling open walls that something moved, through Valkey's publish and subscribe at EVENTS_URL.

A message is the id of a brief and nothing else: whoever hears it asks for the wall again, through the door they came by. It is sent
once the change is committed, and a server that does not answer costs a job nothing: for a while nothing is sent, and pages poll.
"""

import time
from collections.abc import Iterable
from functools import cache

import redis
import structlog
from django.conf import settings
from django.db import models, transaction
from redis.backoff import NoBackoff
from redis.retry import Retry

from generation.models import Job

log = structlog.get_logger(__name__)

CHANNEL = "vermilion.moved"
PATIENCE = 0.5  # seconds a message may take
SILENCE = 5.0  # seconds without another try after one that failed
_silent_until = 0.0


def briefs_of(jobs: models.QuerySet[Job]) -> list[int]:
    """The briefs of `jobs`, for `moved`. Ask before a change that ends what the query is about."""
    if not settings.EVENTS_URL:
        return []
    return sorted(set(jobs.order_by().values_list("variant__brief_id", flat=True)))


def moved(briefs: Iterable[int]) -> None:
    """After this transaction, tell whoever looks at the walls of `briefs`. Never raises."""
    told = list(briefs)
    if told:
        transaction.on_commit(lambda: _publish(told), robust=True)


def _publish(briefs: list[int]) -> None:
    global _silent_until
    if not settings.EVENTS_URL or time.monotonic() < _silent_until:
        return
    try:
        server = _server(settings.EVENTS_URL)
        for brief in briefs:
            server.publish(CHANNEL, brief)
    except (OSError, ValueError, redis.RedisError) as fault:
        _silent_until = time.monotonic() + SILENCE
        log.info("events.not_sent", reason=type(fault).__name__)


@cache
def _server(url: str) -> redis.Redis:
    once_more = Retry(NoBackoff(), 1)  # a connection that was kept may be one to a server that was started again since
    return redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=once_more)
