"""The figures of all roles on one page, in the format that Prometheus reads."""

import os
import time
from pathlib import Path

from prometheus_client import Counter
from prometheus_client.parser import text_string_to_metric_families

from innesco.workers import shown

MINE = Counter("innesco_test_shown", "Counted by this test")


def samples(page: bytes, name: str) -> dict[str, float]:
    found = {}
    for family in text_string_to_metric_families(page.decode()):
        for one in family.samples:
            if one.name == name:
                found[one.labels["role"]] = one.value
    return found


def test_each_role_has_its_own_figures(tmp_path: Path) -> None:
    MINE.inc(2)
    shown.write("live", tmp_path / "figures")
    MINE.inc(3)
    page = shown.page(tmp_path, "web")
    assert samples(page, "innesco_test_shown_total") == {"live": 2, "web": 5}
    names = [line for line in page.decode().splitlines() if line.startswith("# TYPE")]
    assert len(names) == len(set(names))


def test_a_role_that_does_not_run_is_not_shown(tmp_path: Path) -> None:
    shown.write("deliver", tmp_path / "figures")
    before = time.time() - 2 * shown.STALE_SECONDS
    os.utime(tmp_path / "figures" / "deliver.prom", (before, before))
    assert set(samples(shown.page(tmp_path, "web"), "innesco_test_shown_total")) == {"web"}
