"""What a supervisor and a stranger may ask without signing in."""

from pathlib import Path

import pytest

from innesco.storage.open import close
from innesco.web import pages
from tests.web.api.shop import Shop


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
