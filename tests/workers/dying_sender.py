"""A sender for the crash test: writes down each mail that it sent, slowly enough to be killed."""

import asyncio
import os
import sys
from pathlib import Path

from innesco.channels.channel import Accepted
from innesco.workers import deliver
from tests.messages.stock import NOON
from tests.workers.post_office import Office


class Notes:
    def __init__(self, path):
        self.file = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)

    async def send(self, email, raw):
        os.write(self.file, f"{email.key}\n".encode())
        await asyncio.sleep(0.02)
        return Accepted(email.key)


folder = Path(sys.argv[1])
shop = Office(folder, transport=Notes(folder / "sent.txt"))
asyncio.run(deliver.run_deliver(shop.ports, lambda: NOON, asyncio.Event()))
