"""Kill switches: sending stopped by a person, as a whole, by channel or by journey."""

from typing import Annotated, Any

from litestar import delete, get, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from innesco.storage import stops
from innesco.storage.engines import writing
from innesco.storage.stops import Stop
from innesco.web.api.caller import Asking
from innesco.web.api.members import PATH
from innesco.web.api.policy import EDITOR, VIEWER
from innesco.web.api.problem import Wrong, missing, refused
from innesco.web.ports import Given


class Stops(Struct, frozen=True):
    stops: list[Stop]


class StopSending(Struct, frozen=True, forbid_unknown_fields=True):
    reason: Annotated[str, Meta(min_length=1, max_length=200)]


@get(PATH + "/stops", needs=VIEWER, sync_to_thread=True)
def list_stops(workspace: FromPath[str], ports: Given) -> Stops:
    """What is stopped just now."""
    with ports.stores.control.connect() as connection:
        return Stops(stops.of_workspace(connection, workspace))


@put(PATH + "/stops/{what:str}", needs=EDITOR, sync_to_thread=True)
def stop_sending(
    workspace: FromPath[str],
    what: FromPath[str],
    data: JSONBody[StopSending],
    ports: Given,
    caller: Asking,
) -> Stop:
    """Stop `all`, `channel:email` or `journey:cart-recovery`; what waits, waits."""
    if not stops.is_scope(what):
        wrong = Wrong("what", "all, channel:NAME or journey:NAME")
        raise refused(400, "There is no such thing to stop", "", wrong)
    with writing(ports.stores.control).begin() as connection:
        return stops.stop(connection, workspace, what, data.reason, caller.actor, ports.wall())


@delete(PATH + "/stops/{what:str}", needs=EDITOR, sync_to_thread=True)
def lift_stop(workspace: FromPath[str], what: FromPath[str], ports: Given, caller: Asking) -> None:
    """Sending goes on; what waited is judged anew, too late ones are skipped."""
    with writing(ports.stores.control).begin() as connection:
        if not stops.lift(connection, workspace, what, caller.actor, ports.wall()):
            raise missing("such stop")


ROUTES: list[Any] = [list_stops, stop_sending, lift_stop]
