"""`python -m innesco.cli`, the same as `innesco`."""

from innesco.cli.commands import app

app()
