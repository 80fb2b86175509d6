"""Which path is which call: the table of everything that the door answers."""

from msgspec import Struct


class Single(Struct, frozen=True):
    """One event; `kind` is its type when it does not say one itself."""

    kind: str


class Batch(Struct, frozen=True):
    """Many events; `history` is learnt and starts nothing."""

    history: bool = False


class ProjectSettings(Struct, frozen=True):
    """What @segment/analytics-next asks for before it starts."""

    key: str


class SourceConfig(Struct, frozen=True):
    """What RudderStack's browser SDK asks for before it starts."""


class Script(Struct, frozen=True):
    """Our own browser SDK."""


Call = Single | Batch | ProjectSettings | SourceConfig | Script

PATHS: dict[str, Call] = {
    "/v1/batch": Batch(),
    "/v1/b": Batch(),
    "/beacon/v1/batch": Batch(),
    "/v1/import": Batch(history=True),
    "/v1/track": Single("track"),
    "/v1/t": Single("track"),
    "/v1/identify": Single("identify"),
    "/v1/i": Single("identify"),
    "/v1/page": Single("page"),
    "/v1/p": Single("page"),
    # accepted and kept; nothing listens to them yet
    "/v1/screen": Single("screen"),
    "/v1/s": Single("screen"),
    "/v1/group": Single("group"),
    "/v1/g": Single("group"),
    "/v1/alias": Single("alias"),
    "/v1/a": Single("alias"),
    "/sourceConfig": SourceConfig(),
    "/sourceConfig/": SourceConfig(),
    "/innesco.js": Script(),
}


def call_of(path: str) -> Call | None:
    """The call behind a path; None for what is not ours to answer."""
    known = PATHS.get(path)
    if known is not None:
        return known
    key = path.removeprefix("/v1/projects/").removesuffix("/settings")
    if path == f"/v1/projects/{key}/settings" and key and "/" not in key:
        return ProjectSettings(key)
    return None


def method_of(call: Call) -> str:
    """The one method, beside OPTIONS, by which a call is made."""
    return "POST" if isinstance(call, Single | Batch) else "GET"
