"""The description is the one the UI was built from, and what it says is true."""

from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from innesco.web.openapi import described
from innesco.web.reference import reference
from tests.web.api.shop import MINE, Shop

ROOT = Path(__file__).parents[3]
UI, PAGE = ROOT / "ui" / "openapi.json", ROOT / "docs" / "reference" / "api.md"

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def test_the_ui_is_generated_from_this_description(shop: Shop) -> None:
    assert described(shop.app) == UI.read_bytes(), "python -m innesco.web.drawn > ui/openapi.json"


def test_the_reference_page_is_of_this_description(shop: Shop) -> None:
    assert reference(described(shop.app)) == PAGE.read_text(), (
        "python -m innesco.web.reference > docs/reference/api.md"
    )


def test_it_is_served_and_nothing_is_loaded_from_elsewhere(shop: Shop) -> None:
    browser = shop.nobody()
    assert browser.get("/api/openapi.json").content == described(shop.app)
    for path in ("/", "/api/swagger", "/api/redoc", "/api/scalar"):
        answer = browser.get(path)
        assert "cdn" not in answer.text
        assert "https://" not in answer.text


def test_security_is_declared_for_every_operation(shop: Shop) -> None:
    document = msgspec.json.decode(described(shop.app))
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert len(operations) > 40
    assert all("security" in one for one in operations)
    assert set(document["components"]["securitySchemes"]) == {"session", "key"}


@pytest.mark.parametrize("who", ["owner", "writing key", "nobody"])
def test_no_answer_is_undocumented(shop: Shop, who: str) -> None:
    """Drawn requests to every operation: no 5xx, and each answer is one that was promised."""
    headers = _headers(shop, who)
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", shop.app)
    seen: Counter[int] = Counter()
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        shop.later(minutes=16)  # patience is tried elsewhere
        if operation.path != "/api/session":  # whoever signs out has nothing left to try
            _try(operation, headers, seen)
    assert seen.total() > 5 * 38
    assert (seen[200] > 20) is (who != "nobody")


def _try(operation: Any, headers: dict[str, str], seen: Counter[int]) -> None:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=6,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        if "workspace" in (case.path_parameters or {}):
            case.path_parameters["workspace"] = MINE
        answer = case.call(headers=headers)
        seen[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    ask()


def _headers(shop: Shop, who: str) -> dict[str, str]:
    if who == "nobody":
        return {}
    if who.endswith("key"):
        return {"Authorization": f"Bearer {shop.keys[who]}"}
    browser = shop.signed_in(who)
    cookie = f"innesco={browser.cookies['innesco']}"
    return {"Cookie": cookie, "X-CSRF-Token": browser.headers["X-CSRF-Token"]}
