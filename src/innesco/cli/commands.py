"""`innesco`: the commands by name; each lives in a file of its own."""

import typer

from innesco.cli import (
    backup,
    catalogue,
    definitions,
    demo,
    import_orders,
    journeys,
    nightly,
    owner,
    people,
    run,
    segments,
    verify,
    why,
    workspaces,
)

app = typer.Typer(no_args_is_help=True, pretty_exceptions_show_locals=False)
app.command("run")(run.run)
app.command("role", hidden=True)(run.role)
app.command("demo")(demo.demo)
app.command("why")(why.why)
app.add_typer(workspaces.app, name="workspaces")
app.add_typer(owner.app, name="owner")
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(people.app, name="people")
app.add_typer(segments.app, name="segments")
app.add_typer(journeys.app, name="journeys")
app.add_typer(definitions.app, name="definitions")
app.add_typer(verify.app, name="verify")
app.add_typer(import_orders.app, name="import")
app.command("backup")(backup.backup)
app.command("restore")(backup.restore)
app.command("nightly")(nightly.nightly)
