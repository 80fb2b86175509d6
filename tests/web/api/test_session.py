"""Signing in and out: who is let in, what the browser gets, what ends it."""

from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
import sqlalchemy as sa

from innesco.storage import tables
from innesco.storage.open import close
from tests.web.api.shop import PASSWORD, Shop, address


def test_who_signs_in_sees_herself_and_her_workspaces(shop: Shop) -> None:
    browser = shop.signed_in("owner")
    me = browser.get("/api/session").json()
    assert me["account"]["email"] == address("owner")
    assert [(one["id"], one["role"]) for one in me["workspaces"]] == [("bottega", "owner")]


def test_signing_out_ends_this_browser_only(shop: Shop) -> None:
    here, there = shop.signed_in("viewer"), shop.signed_in("viewer")
    cookie = here.cookies["innesco"]
    assert here.delete("/api/session").status_code == 204
    here.cookies.set("innesco", cookie)
    assert here.get("/api/session").status_code == 401
    assert there.get("/api/session").status_code == 200


def test_the_cookie_is_kept_from_scripts_and_other_sites(shop: Shop) -> None:
    said = {"email": address("owner"), "password": PASSWORD}
    cookie = shop.nobody().post("/api/session", json=said).headers["set-cookie"].lower()
    assert cookie.startswith("innesco=")
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip() for part in cookie.split(";")}


def test_over_https_the_cookie_is_bound_to_the_host(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    shop = Shop(tmp_path_factory.mktemp("https"), public_url="https://mail.bottega.example")
    said = {"email": address("owner"), "password": PASSWORD}
    headers = {"Origin": "https://mail.bottega.example"}
    answer = shop.nobody().post("/api/session", json=said, headers=headers)
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-innesco=")
    assert "secure" in cookie.lower()
    assert "domain" not in cookie.lower()
    close(shop.stores)


def test_sessions_are_kept_as_fingerprints(shop: Shop) -> None:
    cookie = shop.signed_in("owner").cookies["innesco"]
    with shop.stores.control.connect() as connection:
        rows = connection.execute(sa.select(tables.sessions)).all()
    assert len(rows) == 1
    assert cookie not in str([tuple(row) for row in rows])


def test_a_session_ends_by_itself(shop: Shop) -> None:
    browser = shop.signed_in("owner")
    shop.later(days=13)
    assert browser.get("/api/session").status_code == 200
    shop.later(days=1)
    assert browser.get("/api/session").status_code == 401


@pytest.mark.parametrize(
    ("email", "password"),
    [
        (address("owner"), "wrong horse battery"),
        (address("nobody"), PASSWORD),
        ("no address", PASSWORD),
        ("", ""),
    ],
)
def test_every_wrong_sign_in_gets_the_same_answer(shop: Shop, email: str, password: str) -> None:
    answer = shop.nobody().post("/api/session", json={"email": email, "password": password})
    assert answer.status_code == 401
    assert answer.json()["detail"] == "E-mail and password do not fit together"
    assert "set-cookie" not in answer.headers


def test_the_time_does_not_tell_whether_there_is_an_account(shop: Shop) -> None:
    """Median over interleaved tries; without the work in vain it differs by a whole hash."""
    browser, taken = shop.nobody(), {"owner": [0.0], "nobody": [0.0]}
    for _ in range(15):
        for who, times in taken.items():
            shop.later(hours=1)
            started = perf_counter()
            browser.post("/api/session", json={"email": address(who), "password": "wrong"})
            times.append(perf_counter() - started)
    known, unknown = median(taken["owner"][1:]), median(taken["nobody"][1:])
    assert abs(known - unknown) < 0.5 * max(known, unknown)


def test_guessing_is_stopped_and_forgotten_after_a_while(shop: Shop) -> None:
    browser = shop.nobody()
    wrong = {"email": address("owner"), "password": "guess"}
    answers = [browser.post("/api/session", json=wrong) for _ in range(11)]
    assert [one.status_code for one in answers] == [401] * 10 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 15 * 60 + 1
    right = {"email": address("owner").upper(), "password": PASSWORD}
    assert browser.post("/api/session", json=right).status_code == 429
    shop.later(minutes=16)
    assert browser.post("/api/session", json=right).status_code == 201


def test_one_network_cannot_guess_over_many_accounts(shop: Shop) -> None:
    browser = shop.nobody()
    for n in range(50):
        browser.post("/api/session", json={"email": f"{n}@x.example", "password": "guess"})
    right = {"email": address("owner"), "password": PASSWORD}
    assert browser.post("/api/session", json=right).status_code == 429


def test_behind_our_proxy_a_guesser_locks_out_his_own_network_only(tmp_path: Path) -> None:
    """What stands left of our proxy's word is the guesser's own invention."""
    shop = Shop(tmp_path, proxies=1)
    browser = shop.nobody()
    right = {"email": address("owner"), "password": PASSWORD}
    for n in range(50):
        seen = {"x-forwarded-for": f"198.51.100.{n}, 203.0.113.7"}
        guess = {"email": f"{n}@x.example", "password": "guess"}
        browser.post("/api/session", json=guess, headers=seen)
    again = {"x-forwarded-for": "198.51.100.99, 203.0.113.7"}
    assert browser.post("/api/session", json=right, headers=again).status_code == 429
    elsewhere = {"x-forwarded-for": "192.0.2.1"}
    assert browser.post("/api/session", json=right, headers=elsewhere).status_code == 201
    close(shop.stores)


def test_without_a_proxy_of_ours_nobody_chooses_the_network_he_comes_from(shop: Shop) -> None:
    browser = shop.nobody()
    for n in range(50):
        guess = {"email": f"{n}@x.example", "password": "guess"}
        browser.post("/api/session", json=guess, headers={"x-forwarded-for": f"192.0.2.{n}"})
    right = {"email": address("owner"), "password": PASSWORD}
    seen = {"x-forwarded-for": "198.51.100.1"}
    assert browser.post("/api/session", json=right, headers=seen).status_code == 429


def test_no_secret_is_logged(shop: Shop, capfd: pytest.CaptureFixture[str]) -> None:
    browser = shop.signed_in("owner")
    browser.post("/api/session", json={"email": address("owner"), "password": "guess me not"})
    shop.with_key("reading key").get("/api/workspaces/bottega/home")
    written = "".join(capfd.readouterr())
    for secret in (browser.cookies["innesco"], "guess me not", shop.keys["reading key"]):
        assert secret not in written
