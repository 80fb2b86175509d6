"""What the settings tell of the nightly work: before the first, after good ones and bad ones."""

import os
import time
from pathlib import Path
from typing import Any

from innesco.workers import nightly, shown
from tests.web.api.shop import Shop
from tests.web.api.test_watch import figures


def told(shop: Shop) -> dict[str, Any]:
    answer = shop.signed_in("owner").get("/api/workspaces/bottega/night")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def work(shop: Shop) -> nightly.Night:
    return nightly.work(shop.settings, shop.stores, shop.now)


def test_before_the_first_night(shop: Shop) -> None:
    assert told(shop) == {
        "last": None,
        "good": None,
        "under_way": None,
        "runs": False,
        "next": "2026-03-03T02:00:00Z",  # three in Rome
    }
    assert "innesco_night_age_seconds" not in figures(shop)


def test_after_a_good_night(shop: Shop) -> None:
    done = work(shop)
    said = told(shop)
    assert said["last"]["failed"] == {}
    assert said["last"]["backup"] == done.backup != ""
    assert said["last"]["began"] == said["good"] == "2026-03-02T12:00:00Z"
    assert said["under_way"] is None
    shop.later(hours=5)
    assert figures(shop)["innesco_night_age_seconds"] == 5 * 3600


def test_a_part_that_fails_is_told_beside_the_last_good_night(shop: Shop, tmp_path: Path) -> None:
    work(shop)
    (tmp_path / "sandbox.sqlite").rename(tmp_path / "aside.sqlite")
    for _ in range(2):  # the second failure too remembers the last good night
        shop.later(hours=24)
        work(shop)
    said = told(shop)
    assert list(said["last"]["failed"]) == ["backup"]
    assert "sandbox.sqlite" in said["last"]["failed"]["backup"]
    assert (said["last"]["began"], said["good"]) == ("2026-03-04T12:00:00Z", "2026-03-02T12:00:00Z")
    assert figures(shop)["innesco_night_age_seconds"] == 48 * 3600


def test_it_is_told_whether_it_is_at_work_and_whether_its_role_runs(
    shop: Shop, tmp_path: Path
) -> None:
    (tmp_path / nightly.UNDER_WAY).write_bytes(b'"2026-03-02T11:59:00Z"')
    shown.write("nightly", tmp_path / "figures")
    said = told(shop)
    assert (said["under_way"], said["runs"]) == ("2026-03-02T11:59:00Z", True)
    long_ago = time.time() - 2 * shown.STALE_SECONDS
    os.utime(tmp_path / "figures/nightly.prom", (long_ago, long_ago))
    assert told(shop)["runs"] is False
