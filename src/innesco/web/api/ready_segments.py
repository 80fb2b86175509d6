"""Ready segments: a gallery to choose from; what is taken over becomes the shop's own draft."""

from typing import Any

import msgspec
from litestar import get
from litestar.params import FromPath
from msgspec import Struct

from innesco.definitions.gallery import ready_segments
from innesco.definitions.workspace import Workspace
from innesco.segments.segment import Segment
from innesco.storage import workspaces
from innesco.web.api.conditions import ByLanguage, sentence
from innesco.web.api.members import PATH
from innesco.web.api.policy import VIEWER
from innesco.web.ports import Given


class ReadySegment(Struct, frozen=True):
    """One of the gallery: nothing of it is in force before it is taken over."""

    id: str
    name: ByLanguage
    about: ByLanguage
    subject: str  #: visit, navigation, pages, interests, clicks, purchases …
    profiles: bool  #: it draws a picture of somebody, and means only who allowed that
    sentence: ByLanguage
    document: dict[str, Any]


class ReadySegments(Struct, frozen=True):
    segments: list[ReadySegment]


@get(PATH + "/ready-segments", needs=VIEWER, sync_to_thread=True)
def list_ready_segments(workspace: FromPath[str], ports: Given) -> ReadySegments:
    """Segments that most shops ask for: kinds of visit, interests, purchases, regularity."""
    with ports.stores.control.connect() as connection:
        shop = workspaces.settings(connection, workspace)
    return ReadySegments([_ready(one.body, shop) for one in ready_segments()])


def _ready(body: bytes, shop: Workspace) -> ReadySegment:
    segment = msgspec.json.decode(body, type=Segment)
    return ReadySegment(
        id=segment.id,
        name=segment.name,
        about=segment.about,
        subject=segment.tags[0],
        profiles="consent" in segment.when.listens(),
        sentence=sentence(segment.when, shop),
        document=msgspec.json.decode(body),
    )


ROUTES: list[Any] = [list_ready_segments]
