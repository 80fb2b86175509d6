"""The bulk loader of the benches keeps what the way keeps, to the byte."""

from pathlib import Path

import pytest

from bench import load as loading
from bench.drawn import draw
from bench.load import load
from bench.loader import by_the_way, digests


def test_what_is_loaded_is_what_the_way_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Devices that change hands, doubles, late and refused events; many parts, two processes."""
    monkeypatch.setattr(loading, "PEOPLE_A_PART", 7)
    draw(2_000, tmp_path / "events.parquet", people=60)
    load(tmp_path / "events.parquet", tmp_path / "loaded", processes=2)
    by_the_way(tmp_path / "events.parquet", tmp_path / "way")
    loaded, way = digests(tmp_path / "loaded"), digests(tmp_path / "way")
    assert loaded == way
    empty = {name for name, digest in way.items() if digest.startswith("0 rows")}
    assert empty == {"runs"}  # what was drawn reaches everything else
