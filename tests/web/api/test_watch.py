"""What a supervisor and a stranger may ask without signing in."""

import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from innesco.storage import backup, engines, tables
from innesco.storage.open import close
from innesco.web import pages, ready
from innesco.workers import shown
from tests.web.api.shop import NOON, Shop

GB = 1024**3


def test_it_lives_and_is_ready(shop: Shop) -> None:
    browser = shop.nobody()
    assert browser.get("/livez").text == "ok"
    assert browser.get("/readyz").json() == {"ready": True, "trouble": []}


def test_it_is_not_ready_when_a_database_is_gone(shop: Shop, tmp_path: Path) -> None:
    shop.stores.outbox.dispose()
    for file in tmp_path.glob("outbox.sqlite*"):
        file.unlink()
    (tmp_path / "outbox.sqlite").mkdir()
    answer = shop.nobody().get("/readyz")
    assert answer.status_code == 503
    assert [one.partition(":")[0] for one in answer.json()["trouble"]] == ["outbox"]


class Disk(NamedTuple):
    total: int
    used: int
    free: int


@pytest.mark.parametrize(
    ("total", "free", "ready"),
    [(100 * GB, 3 * GB, True), (100 * GB, 1 * GB, False)],
)
def test_it_is_not_ready_when_the_disk_is_almost_full(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, total: int, free: int, ready: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(total, total - free, free))
    answer = shop.nobody().get("/readyz")
    assert answer.json()["ready"] is ready
    assert answer.status_code == (200 if ready else 503)
    assert ready or answer.json()["trouble"] == [
        f"disk: {free // 1024**2} MB of {total // 1024**2} MB are free"
    ]


def test_it_is_not_ready_when_the_tables_are_of_another_version(shop: Shop) -> None:
    with shop.stores.people.begin() as connection:
        connection.execute(sa.text("UPDATE people_version SET version_num = '0001'"))
    (trouble,) = shop.nobody().get("/readyz").json()["trouble"]
    assert re.fullmatch(r"people: its tables are of version 0001, not 0\d+", trouble)


@pytest.mark.parametrize(
    ("total", "free", "little"),
    [
        (100 * GB, 6 * GB, False),
        (100 * GB, 4 * GB, True),
        (20 * GB, 3 * GB, False),
        (20 * GB, 1 * GB, True),
    ],
)
def test_home_warns_before_the_disk_is_full(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, total: int, free: int, little: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(total, total - free, free))
    home = shop.signed_in("viewer").get("/api/workspaces/bottega/home").json()
    assert home["little_room"] is little


def test_it_is_not_ready_when_a_store_cannot_be_written(shop: Shop) -> None:
    with shop.stores.journal.connect() as holds:  # by somebody who does not let go
        holds.execution_options(immediate=True).execute(sa.text("SELECT 1"))
        with shop.stores.journal.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=1")
        (trouble,) = shop.nobody().get("/readyz").json()["trouble"]
    assert trouble == "journal: OperationalError"


def test_it_is_not_ready_on_an_old_sqlite(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "check_sqlite", lambda: engines.check_sqlite((3, 51, 2)))
    (trouble,) = shop.nobody().get("/readyz").json()["trouble"]
    assert trouble.startswith("sqlite: SQLite 3.51.2")


def test_metrics_tell_of_stores_disk_roles_and_backup(shop: Shop, tmp_path: Path) -> None:
    bad = {"seq": 1, "reason": "none", "place": "", "source": "public", "received": 0, "body": b""}
    with shop.stores.people.begin() as connection:
        connection.execute(sa.insert(tables.quarantine).values(workspace="bottega", **bad))
    shown.write("live", tmp_path / "figures")
    before = figures(shop)
    assert before["innesco_quarantined_events"] == 1
    assert before['innesco_role_silent_seconds{role="live"}'] < 60
    assert before["innesco_disk_free_bytes"] > 0
    assert 0 < before["innesco_disk_free_ratio"] < 1
    assert "innesco_backup_age_seconds" not in before  # there is none, and `absent()` tells
    backup.back_up(tmp_path, tmp_path / "copy", NOON)
    shop.later(hours=3)
    assert figures(shop)["innesco_backup_age_seconds"] == 3 * 3600


@pytest.mark.parametrize("left", [0, 1, 20])
def test_of_a_backup_record_that_was_cut_short_metrics_tell_nothing(
    shop: Shop, tmp_path: Path, left: int
) -> None:
    backup.back_up(tmp_path, tmp_path / "copy", NOON)
    record = tmp_path / backup.LAST
    record.write_bytes(record.read_bytes()[:left])
    said = figures(shop)
    assert said["innesco_quarantined_events"] == 0
    assert "innesco_backup_age_seconds" not in said


def figures(shop: Shop) -> dict[str, float]:
    lines = shop.nobody().get("/metrics").text.splitlines()
    said = [line.rpartition(" ") for line in lines if not line.startswith("#")]
    return {name: float(value) for name, _, value in said}


def test_metrics_are_open_on_loopback_and_need_a_key_in_public(
    shop: Shop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert "innesco_live_behind_seconds 0.0" in shop.nobody().get("/metrics").text
    public = Shop(tmp_path_factory.mktemp("public"), public_url="https://mail.bottega.example")
    assert public.nobody().get("/metrics").status_code == 401
    assert public.with_key("reading key").get("/metrics").status_code == 200
    close(public.stores)


def test_every_answer_says_what_may_be_loaded(shop: Shop) -> None:
    for path in ("/", "/people/p_1", "/api/openapi.json"):
        headers = shop.nobody().get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_the_pages_are_files_of_the_ui_and_nothing_else(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = tmp_path / "ui"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("the app")
    (built / "assets" / "a-1f.js").write_text("code")
    (tmp_path / "secret").write_text("secret")
    monkeypatch.setattr(pages, "BUILT", built)
    browser = shop.nobody()
    assert browser.get("/journeys/cart").text == "the app"
    assert "immutable" in browser.get("/assets/a-1f.js").headers["cache-control"]
    for path in ("/../secret", "/%2e%2e/secret", "/assets/..%2f..%2fsecret", "//secret"):
        assert "secret" not in browser.get(path).text
    assert browser.get("/api/nothing").status_code == 404
