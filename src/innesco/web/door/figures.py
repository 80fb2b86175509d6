"""What the door tells the metrics page: taken, refused, and how long it took."""

from prometheus_client import Counter, Gauge, Histogram

from innesco.events.event import Source

EVENTS = Counter(
    "innesco_door_events_acked_total", "Events on the disk and acknowledged", ["source"]
)
EVENTS_BY = {source: EVENTS.labels(source.value) for source in Source}
REFUSED = Counter("innesco_door_refused_total", "Requests refused, by reason", ["reason"])
ACK_SECONDS = Histogram(
    "innesco_door_ack_seconds",
    "From the first byte of a request to its acknowledgement",
    buckets=(0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)
COMMIT_SECONDS = Histogram(
    "innesco_door_commit_seconds",
    "One transaction of the log",
    buckets=(0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5),
)
QUEUE_AGE = Gauge(
    "innesco_door_queue_age_seconds", "How long the oldest request waited for its commit"
)
WAITING_BYTES = Gauge("innesco_door_waiting_bytes", "Bodies taken in and not yet kept")
LAG = Gauge("innesco_door_live_lag_seconds", "How far live is behind, as the door last heard")
