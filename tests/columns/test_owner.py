"""A workspace's file can be made whatever happened while it was made before."""

from pathlib import Path

import pytest

from innesco.columns import tables
from innesco.columns.owner import HEADER_BYTES, Owner


@pytest.mark.parametrize("bytes_", [0, 4096, HEADER_BYTES - 1])
def test_a_file_that_was_never_finished_is_made_anew(tmp_path: Path, bytes_: int) -> None:
    owner = Owner(tmp_path)
    assert owner.position("shop") == 0
    owner.close()
    (tmp_path / "shop.duckdb.wal").unlink(missing_ok=True)
    whole = (tmp_path / "shop.duckdb").read_bytes()
    (tmp_path / "shop.duckdb").write_bytes(whole[:bytes_])
    again = Owner(tmp_path)
    assert again.position("shop") == 0
    again.close()


def test_tables_are_made_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full at the last of them; when there is room, all are there."""
    define_views = tables.define_views

    def full(cursor: object) -> None:
        raise OSError(28, "No space left on device")

    owner = Owner(tmp_path)
    monkeypatch.setattr(tables, "define_views", full)
    with pytest.raises(OSError, match="No space"):
        owner.position("shop")
    monkeypatch.setattr(tables, "define_views", define_views)
    with owner.cursor("shop") as cursor:
        assert cursor.execute("SELECT count(*) FROM events").fetchall() == [(0,)]
    owner.close()
