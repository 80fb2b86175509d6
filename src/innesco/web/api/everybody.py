"""Questions about everybody: the columns role answers them, and a 503 says when it does not.

What such a question needs is imported with the first one (web/ports.py).
"""

import asyncio
from typing import TYPE_CHECKING, Any

from innesco.definitions.workspace import Workspace
from innesco.storage import workspaces
from innesco.web.api.problem import refused
from innesco.web.ports import Ports

if TYPE_CHECKING:
    from innesco.columns.questions import Question

PATIENCE_SECONDS = 20


async def answered(ports: Ports, workspace: str, question: "Question") -> list[dict[str, Any]]:
    """The rows of the answer; a 503 when there is none."""
    from innesco.columns.socket import NotAnswered

    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            table = await ports.ask(workspace, question)
    except (NotAnswered, TimeoutError) as error:
        why = str(error) or f"the columns role took longer than {PATIENCE_SECONDS} seconds"
        mend = "Messages go on. Start `innesco role columns`; it catches up by itself."
        raise refused(503, f"Nothing is counted just now: {why}", mend, wait=10) from error
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows


async def shop_of(ports: Ports, workspace: str) -> Workspace:
    """The workspace's settings: its zone, its money."""

    def read() -> Workspace:
        with ports.stores.control.connect() as connection:
            return workspaces.settings(connection, workspace)

    return await asyncio.to_thread(read)
