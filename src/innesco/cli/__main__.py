"""`python -m innesco.cli`, the same as `innesco`."""

import sys

if sys.argv[1:2] == ["role"] and len(sys.argv) == 3:
    # a role starts without loading every other command: five of them start together
    from innesco.cli.run import role

    role(sys.argv[2])
else:
    from innesco.cli.commands import app

    app()
