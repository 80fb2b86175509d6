"""The API's description (OpenAPI 3.1): what Litestar derives from the routes, plus every refusal.

Who may call a route, and so which refusals it knows, is read from the same `needs` that the policy
judges by: description and behaviour cannot drift apart. `web/drawn.py` prints it for
the UI's client.
"""

from typing import Any

import msgspec
from litestar import Litestar, Request, Router
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from innesco.web.api.policy import CSRF, NOBODY, Needs
from innesco.web.api.problem import Problem

Document = dict[str, Any]

WHEN = {
    400: "What was sent cannot be; `wrong` names each place.",
    401: "Nobody is signed in, or e-mail and password do not fit together.",
    403: "Not with this role, key or page; `mend` says how.",
    404: "It is not here, or the workspace is somebody else's.",
    409: "It does not fit what is there; `mend` says how.",
    413: "The body is larger than 1 MB.",
    429: "Too many tries; `Retry-After` says how many seconds to wait.",
}

SECURITY_SCHEMES = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "innesco",
        "description": f"Signed in; every change also sends {CSRF.upper()}. "
        "Over https the cookie is called __Host-innesco.",
    },
    "key": {"type": "http", "scheme": "bearer", "description": "An admin key, `ak_…`."},
}


class Described(JsonRenderPlugin):
    """Serves the JSON only: the usual pages would load their scripts from another origin."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: Document) -> bytes:
        return described(request.app)


def config() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Innesco admin API",
        version="1",
        description="Everything the admin UI does; see docs/reference/api.md.",
        render_plugins=[Described(path="/openapi.json")],
        openapi_router=Router(
            "/api", route_handlers=[], include_in_schema=False, opt={"needs": NOBODY}
        ),
        operation_id_creator=lambda handler, method, path: _camel(_function(handler).__name__),
    )


def described(app: Litestar) -> bytes:
    """The whole description, its keys in a fixed order."""
    schema = app.openapi_schema.to_schema()
    for route in app.routes:
        operations = schema["paths"].get(route.path_format)
        for method, (handler, _) in getattr(route, "route_handler_map", {}).items():
            operation = (operations or {}).get(method.lower())
            if operation is not None and isinstance(handler, HTTPRouteHandler):
                _complete(operation, handler)
    components = schema.setdefault("components", {})
    components["securitySchemes"] = SECURITY_SCHEMES
    components["schemas"] = {**components.get("schemas", {}), **_problem()}
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=1) + b"\n"


def _complete(operation: Document, handler: HTTPRouteHandler) -> None:
    """What a caller must be, and how the route may refuse."""
    needs = handler.opt["needs"]
    operation["security"] = _security(needs)
    operation["summary"] = " ".join(str(_function(handler).__doc__).split())
    operation["x-needs"] = needs.value
    operation.pop("deprecated", None)
    for status in _refusals(needs, operation):
        operation["responses"][str(status)] = {
            "description": WHEN[status],
            "content": {"application/problem+json": {"schema": {"$ref": _REF + "Problem"}}},
        }


def _security(needs: Needs) -> list[dict[str, list[str]]]:
    match needs:
        case Needs.NOBODY:
            return []
        case Needs.ACCOUNT | Needs.OWNER:
            return [{"session": []}]
        case Needs.VIEWER | Needs.EDITOR:
            return [{"session": []}, {"key": []}]


def _refusals(needs: Needs, operation: Document) -> list[int]:
    found = {400, 403}
    if "requestBody" in operation:
        found |= {409, 413}
    match needs:
        case Needs.NOBODY:
            found |= {401, 404, 429}
        case Needs.ACCOUNT:
            found |= {401, 404, 429}
        case _:
            found |= {401, 404, 409}
    return sorted(found)


_REF = "#/components/schemas/"


def _problem() -> Document:
    return msgspec.json.schema_components([Problem], ref_template=_REF + "{name}")[1]


def _function(handler: HTTPRouteHandler) -> Any:
    """The route as it was written; the framework wraps what runs in a thread."""
    return getattr(handler.fn, "func", handler.fn)


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
