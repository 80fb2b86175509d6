"""The reference page of the admin API, written from its description.

`python -m innesco.web.reference > docs/reference/api.md`
"""

import sys
from typing import Any

import msgspec

HEAD = """# Admin API

Everything that the admin UI does. This page is generated from the routes; the full description with
every shape is served at `/api/openapi.json` (OpenAPI 3.1).

A browser signs in with `POST /api/session` and sends the answer's `csrf` as `X-CSRF-Token` with
every change. A program sends an admin key: `Authorization: Bearer ak_…`; with the scope `read` it
is a viewer, with `write` an editor, of its own workspace only. Errors are problem details
(RFC 9457): what happened, where, and how to mend it. Lists answer `next`, which the next request
hands back as `cursor` or `before`.

Who: *nobody* needs no sign-in; *account* somebody signed in; the others that role in the workspace.
"""


def reference(description: bytes) -> str:
    """A table for each subject, in the order of the paths."""
    paths = msgspec.json.decode(description)["paths"]
    subjects: dict[str, list[str]] = {}
    for path, operations in sorted(paths.items()):
        rows = subjects.setdefault(_subject(path), [])
        rows += [_row(path, method, said) for method, said in operations.items()]
    tables = [
        f"## {subject.capitalize()}\n\n| request | who | what |\n|---|---|---|\n" + "\n".join(rows)
        for subject, rows in sorted(subjects.items())
    ]
    return HEAD + "\n" + "\n\n".join(tables) + "\n"


def _subject(path: str) -> str:
    """`/api/workspaces/{workspace}/keys/{key}` is about keys."""
    parts = path.removeprefix("/api/").removeprefix("workspaces/{workspace}/").split("/")
    return parts[0]


def _row(path: str, method: str, said: dict[str, Any]) -> str:
    return f"| `{method.upper()} {path}` | {said['x-needs']} | {said['summary']} |"


if __name__ == "__main__":
    from innesco.web.drawn import drawn
    from innesco.web.openapi import described

    sys.stdout.write(reference(described(drawn())))
