"""Events that never became one: what was wrong with them, so that the shop can be mended."""

from typing import Annotated, Any

from litestar import get
from litestar.params import FromPath, QueryParameter
from msgspec import Struct

from innesco.storage import quarantine
from innesco.storage.quarantine import Held, Reason
from innesco.web.api.members import PATH
from innesco.web.api.policy import VIEWER
from innesco.web.ports import Given

PAGE = 50


class Quarantine(Struct, frozen=True):
    items: list[Held]
    reasons: list[Reason]  #: of all there are, whatever is listed
    next: int | None  #: `before` of the next page


@get(PATH + "/quarantine", needs=VIEWER, sync_to_thread=True)
def list_quarantine(
    workspace: FromPath[str],
    ports: Given,
    before: Annotated[int | None, QueryParameter(ge=1, le=2**53)] = None,
    reason: Annotated[str | None, QueryParameter(max_length=300)] = None,
) -> Quarantine:
    """What was refused, with reason and place, the newest first; of all reasons or of one."""
    with ports.stores.people.connect() as connection:
        items = quarantine.held(connection, workspace, before, PAGE, reason)
        reasons = quarantine.reasons(connection, workspace)
    return Quarantine(items, reasons, items[-1].seq if len(items) == PAGE else None)


ROUTES: list[Any] = [list_quarantine]
