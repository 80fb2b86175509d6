"""Accounts: passwords changed and reset, invitations taken; what each ends and what it may not."""

from litestar import Litestar
from litestar.testing import TestClient

from tests.web.api.shop import MINE, PASSWORD, THEIRS, Shop, address

NEW = "a new and longer password"
Browser = TestClient[Litestar]


def ticket(shop: Shop) -> str:
    """The secret in the last mail's link."""
    return shop.mails[-1].text.partition("#")[2].split()[0]


def invite(browser: Browser, workspace: str, email: str, role: str = "viewer") -> str:
    said = {"email": email, "role": role, "language": "en"}
    answer = browser.post(f"/api/workspaces/{workspace}/invitations", json=said)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["link"]).partition("#")[2]


def take(browser: Browser, secret: str, password: str = NEW) -> int:
    said = {"ticket": secret, "name": "Carla", "password": password, "language": "it"}
    return browser.post("/api/invitation/taken", json=said).status_code


def can_sign_in(shop: Shop, email: str, password: str) -> bool:
    said = {"email": email, "password": password}
    return shop.nobody().post("/api/session", json=said).status_code == 201


def test_a_new_password_ends_every_other_session(shop: Shop) -> None:
    here, there = shop.signed_in("editor"), shop.signed_in("editor")
    before = here.cookies["innesco"]
    said = {"current": PASSWORD, "new": NEW}
    changed = here.put("/api/account/password", json=said)
    assert changed.status_code == 200
    assert here.get("/api/session").json()["csrf"] == changed.json()["csrf"]
    assert there.get("/api/session").status_code == 401
    here.cookies.set("innesco", before)
    assert here.get("/api/session").status_code == 401
    assert can_sign_in(shop, address("editor"), NEW)
    assert not can_sign_in(shop, address("editor"), PASSWORD)


def test_who_does_not_know_the_password_cannot_change_it(shop: Shop) -> None:
    browser = shop.signed_in("editor")
    said = {"current": "not it, not at all", "new": NEW}
    assert browser.put("/api/account/password", json=said).status_code == 403
    assert browser.get("/api/session").status_code == 200


def test_a_short_password_is_refused_with_its_place(shop: Shop) -> None:
    browser = shop.signed_in("editor")
    answer = browser.put("/api/account/password", json={"current": PASSWORD, "new": "short"})
    assert answer.status_code == 400
    assert [one["place"] for one in answer.json()["wrong"]] == ["new"]


def test_a_forgotten_password_is_reset_by_mail_once(shop: Shop) -> None:
    browser, signed_in = shop.nobody(), shop.signed_in("viewer")
    assert browser.post("/api/password/forgotten", json={"email": address("viewer")}).is_success
    secret = ticket(shop)
    assert shop.mails[-1].to == address("viewer")
    said = {"ticket": secret, "password": NEW}
    assert browser.post("/api/password", json=said).status_code == 204
    assert signed_in.get("/api/session").status_code == 401
    assert browser.post("/api/password", json=said).status_code == 404
    assert can_sign_in(shop, address("viewer"), NEW)


def test_the_answer_does_not_tell_whether_there_is_an_account(shop: Shop) -> None:
    said = [
        shop.nobody().post("/api/password/forgotten", json={"email": email})
        for email in (address("viewer"), address("nobody"))
    ]
    assert (said[0].status_code, said[0].content) == (said[1].status_code, said[1].content)
    assert [mail.to for mail in shop.mails] == [address("viewer")]


def test_a_reset_link_ends_after_an_hour_and_by_a_newer_one(shop: Shop) -> None:
    browser = shop.nobody()
    browser.post("/api/password/forgotten", json={"email": address("viewer")})
    first = ticket(shop)
    browser.post("/api/password/forgotten", json={"email": address("viewer")})
    second = ticket(shop)
    assert browser.post("/api/password", json={"ticket": first, "password": NEW}).status_code == 404
    shop.later(hours=1)
    assert (
        browser.post("/api/password", json={"ticket": second, "password": NEW}).status_code == 404
    )
    assert can_sign_in(shop, address("viewer"), PASSWORD)


def test_an_invitation_makes_an_account_and_a_member(shop: Shop) -> None:
    secret = invite(shop.signed_in("owner"), MINE, "carla@x.example", "editor")
    assert shop.mails[-1].to == "carla@x.example"
    assert ticket(shop) == secret
    browser = shop.nobody()
    seen = browser.post("/api/invitation", json={"ticket": secret}).json()
    assert seen == {
        "email": "carla@x.example",
        "workspace": MINE,
        "role": "editor",
        "joined": False,
    }
    assert take(browser, secret) == 201
    me = browser.get("/api/session").json()
    assert [(one["id"], one["role"]) for one in me["workspaces"]] == [(MINE, "editor")]
    assert take(shop.nobody(), secret) == 404


def test_before_it_is_taken_an_invitation_gives_nothing(shop: Shop) -> None:
    owner = shop.signed_in("owner")
    invite(owner, MINE, "carla@x.example")
    team = owner.get(f"/api/workspaces/{MINE}/members").json()
    assert "carla@x.example" not in [one["email"] for one in team["members"]]
    assert [one["email"] for one in team["invited"]] == ["carla@x.example"]
    assert not can_sign_in(shop, "carla@x.example", "")


def test_a_link_does_not_take_over_an_account_that_exists(shop: Shop) -> None:
    """An owner sees the links of her invitations: they must not open somebody's account."""
    secret = invite(shop.signed_in("stranger"), THEIRS, address("owner"))
    assert take(shop.nobody(), secret) == 409
    assert take(shop.signed_in("viewer"), secret) == 409
    assert can_sign_in(shop, address("owner"), PASSWORD)
    owner = shop.signed_in("owner")
    assert take(owner, secret) == 201
    assert can_sign_in(shop, address("owner"), PASSWORD)


def test_two_invitations_of_one_address_do_not_open_each_others_shop(shop: Shop) -> None:
    mine = invite(shop.signed_in("owner"), MINE, "carla@x.example")
    theirs = invite(shop.signed_in("stranger"), THEIRS, "carla@x.example")
    thief = shop.nobody()
    assert take(thief, theirs, "the thief's own password") == 201
    assert [one["id"] for one in thief.get("/api/session").json()["workspaces"]] == [THEIRS]
    assert take(shop.nobody(), mine) == 409


def test_a_withdrawn_or_old_invitation_is_void(shop: Shop) -> None:
    owner = shop.signed_in("owner")
    secret = invite(owner, MINE, "carla@x.example")
    [waiting] = owner.get(f"/api/workspaces/{MINE}/members").json()["invited"]
    path = f"/api/workspaces/{MINE}/invitations/{waiting['account']}"
    assert owner.delete(path).status_code == 204
    assert take(shop.nobody(), secret) == 404
    again = invite(owner, MINE, "carla@x.example")
    shop.later(days=7)
    assert take(shop.nobody(), again) == 404


def test_a_new_role_signs_the_member_out(shop: Shop) -> None:
    owner, viewer = shop.signed_in("owner"), shop.signed_in("viewer")
    path = f"/api/workspaces/{MINE}/members/{shop.ids['viewer']}"
    assert owner.put(path, json={"role": "editor"}).json() == {"role": "editor"}
    assert viewer.get("/api/session").status_code == 401


def test_the_last_owner_stays(shop: Shop) -> None:
    owner = shop.signed_in("owner")
    path = f"/api/workspaces/{MINE}/members/{shop.ids['owner']}"
    assert owner.put(path, json={"role": "viewer"}).status_code == 409
    assert owner.delete(path).status_code == 409
    second = f"/api/workspaces/{MINE}/members/{shop.ids['editor']}"
    assert owner.put(second, json={"role": "owner"}).status_code == 200
    assert owner.delete(path).status_code == 204
    assert owner.get("/api/session").status_code == 401
