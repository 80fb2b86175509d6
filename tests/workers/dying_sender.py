"""A sender for the crash test: writes down each mail that it sends, and dies with the Nth."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from innesco.channels.channel import Accepted
from innesco.workers import deliver
from tests.messages.stock import NOON
from tests.workers.post_office import Office


class Notes:
    def __init__(self, path, most):
        self.file, self.left = path.open("ab", buffering=0), most

    async def send(self, email, raw):
        self.file.write(f"{email.key}\n".encode())
        self.left -= 1
        if not self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        await asyncio.sleep(0)  # others are under way before this one is recorded
        return Accepted(email.key)


folder, most = Path(sys.argv[1]), int(sys.argv[2])
shop = Office(folder, transport=Notes(folder / "sent.txt", most))
asyncio.run(deliver.deliver_pass(deliver.sender(shop.ports, NOON), NOON))
