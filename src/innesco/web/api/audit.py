"""The audit log of a workspace."""

from typing import Annotated, Any

from litestar import get
from litestar.params import FromPath, QueryParameter
from msgspec import Struct

from innesco.storage import audit
from innesco.storage.audit import Recorded
from innesco.web.api.members import PATH
from innesco.web.api.policy import OWNER
from innesco.web.ports import Given

PAGE = 50


class AuditPage(Struct, frozen=True):
    items: list[Recorded]
    next: int | None  #: `before` of the next page


class Seal(Struct, frozen=True):
    """Whether every row of the log still fits the one before it."""

    whole: bool
    first_broken: int | None


@get(PATH + "/audit", needs=OWNER, sync_to_thread=True)
def list_audit(
    workspace: FromPath[str],
    ports: Given,
    before: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
) -> AuditPage:
    """Who changed what, the newest first."""
    with ports.stores.control.connect() as connection:
        items = audit.entries(connection, workspace, before, PAGE)
    return AuditPage(items, items[-1].id if len(items) == PAGE else None)


@get(PATH + "/audit/seal", needs=OWNER, sync_to_thread=True)
def check_seal(workspace: FromPath[str], ports: Given) -> Seal:
    """Compute the whole chain again: has anybody changed or removed a row behind our back?"""
    with ports.stores.control.connect() as connection:
        broken = audit.broken(connection)
    return Seal(broken is None, broken)


ROUTES: list[Any] = [list_audit, check_seal]
