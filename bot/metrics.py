"""What is counted and timed for operators, in Prometheus' format; nothing about people. Times in seconds.

Each is measured where it happens. They belong to the process, as what they measure does.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

__all__ = ["CONTENT_TYPE_LATEST", "LATENESS", "LIMITER_WAIT", "OUTBOX_AGE", "SENDS", "TURNS", "exposed"]

_REGISTRY = CollectorRegistry()

TURNS = Histogram(
    "limber_turn_seconds",
    "Updates handled, from arrival until what they changed was durable.",
    ["platform"],
    buckets=(0.005, 0.01, 0.03, 0.1, 0.3, 1, 3, 10),
    registry=_REGISTRY,
)
LATENESS = Histogram(
    "limber_nudge_lateness_seconds",
    "How long after its time a nudge was taken by its platform.",
    buckets=(0.5, 1, 2, 5, 10, 30, 60, 300, 1800, 7200),
    registry=_REGISTRY,
)
OUTBOX_AGE = Gauge(
    "limber_outbox_age_seconds",
    "How long the message that waits the longest could have been sent; 0 where none waits.",
    registry=_REGISTRY,
)
SENDS = Counter(
    "limber_sends_total",
    "Attempts to send, by what became of them.",
    ["platform", "outcome"],
    registry=_REGISTRY,
)
LIMITER_WAIT = Histogram(
    "limber_limiter_wait_seconds",
    "How long a message waited for the platform's limit.",
    buckets=(0.01, 0.1, 0.3, 1, 3, 10, 30, 100, 300),
    registry=_REGISTRY,
)


def exposed() -> bytes:
    """All of them, as Prometheus reads them."""
    return generate_latest(_REGISTRY)
