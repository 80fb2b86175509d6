"""The admin API on empty stores: to describe it, not to run it.

`python -m innesco.web.drawn > ui/openapi.json` prints its description for the UI's client.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from litestar import Litestar

from innesco.settings import Settings
from innesco.storage.clock import wall
from innesco.storage.open import open_stores
from innesco.web.app import admin_app
from innesco.web.openapi import described
from innesco.web.ports import Ports


def drawn() -> Litestar:
    settings = Settings(data=Path(tempfile.mkdtemp(prefix="innesco-")))
    ports = Ports(
        settings=settings,
        stores=open_stores(settings),
        now=wall,
        mail=lambda to, what, text: None,
        ask=_nobody_answers,
    )
    return admin_app(ports)


async def _nobody_answers(workspace: str, question: object) -> Any:
    raise NotImplementedError("the drawn API is described, not asked")


if __name__ == "__main__":
    sys.stdout.buffer.write(described(drawn()))
