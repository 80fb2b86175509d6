"""`make bench`: runs every bench in turn and writes their figures, with the commit, beside them.

python -m bench [--quick] [NAME[=DATA] …], as `import=retail.parquet`
"""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent


def main(words: list[str]) -> None:
    options = [word for word in words if word.startswith("-")]
    names = [word for word in words if word not in options] or every()
    found = [measure(*name.partition("=")[::2], options) for name in names]
    results = {"commit": commit(), "day": f"{datetime.now(UTC):%Y-%m-%d}", "benches": found}
    (HERE / "results.json").write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    show(found)


def every() -> list[str]:
    """The files of this folder that measure something by themselves."""
    return sorted(
        file.stem
        for file in HERE.glob("*.py")
        if not file.name.startswith("_") and '__name__ == "__main__"' in file.read_text("utf-8")
    )


def measure(name: str, data: str, options: list[str]) -> dict[str, Any]:
    """Run one, on a file when one is given; its last line is JSON, what it says before is shown."""
    print(f"\n== {name}", flush=True)
    command = [sys.executable, str(HERE / f"{name}.py"), *filter(None, [data]), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE.parent) as run:
        assert run.stdout is not None
        last = ""
        for line in run.stdout:
            print(line, end="", flush=True)
            last = line if line.strip() else last
    if run.returncode != 0:
        raise SystemExit(f"bench/{name}.py ended with {run.returncode}")
    figures: dict[str, Any] = json.loads(last)
    return figures


def commit() -> str:
    asked = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    said = subprocess.run(asked, capture_output=True, text=True, cwd=HERE, check=False)
    return said.stdout.strip() or "unknown"


def show(benches: list[dict[str, Any]]) -> None:
    table = Table("bench", "what", "value", "unit", "target", "holds")
    for bench in benches:
        for row in bench["rows"]:
            value, holds = row["value"], row["holds"]
            shown = f"{value:,.4g}" if isinstance(value, int | float) else str(value)
            said = {True: "yes", False: "NO"}.get(holds, "–")
            target = str(row.get("target") or "–")
            table.add_row(bench["bench"], row["what"], shown, row["unit"], target, said)
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
