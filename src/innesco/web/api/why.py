"""Why: a person and a journey as of a moment, told again gate by gate."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from litestar import get
from litestar.params import FromPath, FromQuery, QueryParameter

from innesco.conditions.language import Language
from innesco.storage import workspaces
from innesco.storage.why import Asker, Unanswered, WhyJourney, as_of
from innesco.web.api.members import PATH
from innesco.web.api.policy import VIEWER
from innesco.web.api.problem import refused
from innesco.web.ports import Given

Place = Annotated[int | None, QueryParameter(ge=0, le=2**62)]
Moment = Annotated[str | None, QueryParameter(max_length=40, description="ISO 8601")]
Run = Annotated[str | None, QueryParameter(max_length=100)]


@get(PATH + "/people/{person:str}/why/journeys/{journey:str}", needs=VIEWER, sync_to_thread=True)
def ask_why_journey(
    workspace: FromPath[str],
    person: FromPath[str],
    journey: FromPath[str],
    ports: Given,
    seq: Place = None,
    at: Moment = None,
    run: Run = None,
    language: FromQuery[Language] = "en",
) -> WhyJourney:
    """Each gate of a journey passed or failed, as of now, of a moment or of a place in the log."""
    with ports.stores.control.connect() as connection:
        zone = ZoneInfo(workspaces.settings(connection, workspace).zone)
    asker = Asker(ports.stores, workspace, ports.now(), language)
    try:
        return asker.about_journey(asker.who(person), journey, as_of(at, seq, zone), run)
    except Unanswered as error:
        raise refused(404, str(error), error.mend) from error


ROUTES: list[Any] = [ask_why_journey]
