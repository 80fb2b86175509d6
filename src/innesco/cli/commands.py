"""`innesco`: the commands by name; each lives in a file of its own."""

import typer

from innesco.cli import demo, run

app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)
app.command("run")(run.run)
app.command("role", hidden=True)(run.role)
app.command("demo")(demo.demo)
