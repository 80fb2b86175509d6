"""Errors as the API says them: what happened, where, how to mend it (RFC 9457)."""

from http import HTTPStatus
from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from msgspec import Struct

from innesco.errors import InnescoError
from innesco.storage.full import is_full
from innesco.storage.workspaces import NoWorkspace

log = structlog.get_logger("innesco.web")


class Wrong(Struct, frozen=True):
    """One thing that is wrong with what was sent."""

    place: str  #: `currency`, `items.0.sku`
    says: str


class Problem(Struct, frozen=True, kw_only=True):
    """The body of every error, as `application/problem+json`."""

    title: str  #: the status in words
    status: int
    detail: str  #: what happened
    where: str  #: the path that was asked
    mend: str = ""  #: what to do about it
    wrong: list[Wrong] = []
    type: str = "about:blank"


def refused(
    status: int, detail: str, mend: str = "", *wrong: Wrong, wait: int = 0
) -> HTTPException:
    """A route raises it: `raise refused(409, "The last owner stays", "Name another first")`."""
    headers = {"Retry-After": str(wait)} if wait else None
    extra = {"mend": mend, "wrong": list(wrong)}
    return HTTPException(status_code=status, detail=detail, extra=extra, headers=headers)


def missing(what: str) -> HTTPException:
    return refused(404, f"There is no {what} here", "It may have been removed; look at the list.")


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """Any exception as a problem; the text of an unplanned one stays in our log."""
    problem, headers = _problem(request, error)
    if problem.status >= 500:
        log.error("request failed", path=request.url.path, exc_info=error)
    return Response(
        problem,
        status_code=problem.status,
        media_type="application/problem+json",
        headers={"Cache-Control": "no-store", **headers},
    )


def _problem(request: Request[Any, Any, Any], error: Exception) -> tuple[Problem, dict[str, str]]:
    where = request.url.path
    match error:
        case NoWorkspace():
            return _of(missing("workspace"), where), {}
        case HTTPException():
            return _of(error, where), dict(error.headers or {})
        case _ if is_full(error):
            mend = "Free some room on the disk of the data folder, then try again."
            return _of(refused(507, "The disk is full: nothing was changed", mend), where), {}
        case RecursionError() if "deserializing" in str(error):  # msgspec's word for braces
            return _of(
                refused(400, "What was sent is nested too deep", "Use fewer braces."), where
            ), {}
        case InnescoError():
            return _of(refused(500, str(error)), where), {}
    mend = "It is in the server's log with this path and time; nothing was changed."
    return _of(refused(500, "Something broke that we did not plan for", mend), where), {}


def _of(error: HTTPException, where: str) -> Problem:
    extra = error.extra if isinstance(error.extra, dict) else {}
    mend, wrong = extra.get("mend", ""), extra.get("wrong", [])
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        wrong = [Wrong(str(one.get("key", "")), str(one.get("message", ""))) for one in error.extra]
        mend = "Correct the places named in `wrong` and send it again."
    return Problem(
        title=HTTPStatus(error.status_code).phrase,
        status=error.status_code,
        detail=error.detail,
        where=where,
        mend=mend,
        wrong=wrong,
    )
