"""Work beside those who write ends when it is told to, wherever it is."""

from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from innesco.storage import backup
from innesco.storage.beside import Beside, CutShort
from innesco.storage.engines import interrupt, sqlite_engine
from tests.why.house import NOON, house

LONG = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT {}) SELECT max(x)"


def test_a_long_statement_ends_in_its_middle(tmp_path: Path) -> None:
    engine, looks = sqlite_engine(tmp_path / "one.sqlite"), count()
    interrupt(engine, lambda: next(looks) > 3)
    with (
        engine.connect() as connection,
        pytest.raises(sa.exc.OperationalError, match="interrupted"),
    ):
        connection.exec_driver_sql(LONG.format(10_000_000) + " FROM n").all()
    engine.dispose()


def test_no_commit_is_begun_any_more(tmp_path: Path) -> None:
    engine, told = sqlite_engine(tmp_path / "one.sqlite"), False
    beside = Beside(lambda: told)
    with beside.commit(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE kept (n)")
    told = True
    with pytest.raises(CutShort), beside.commit(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE more (n)")
    assert sa.inspect(engine).get_table_names() == ["kept"]
    engine.dispose()


@pytest.mark.parametrize(
    "step", [f"{act} {name}" for act in ("copying", "checking") for name in backup.ORDER]
)
def test_of_a_backup_cut_short_nothing_stays(tmp_path: Path, step: str) -> None:
    with house(tmp_path / "data") as shop:
        data, said = shop.innesco.settings.data, list[str]()
        with pytest.raises(CutShort):
            backup.back_up(data, tmp_path / "copy", NOON, said.append, lambda: said[-1:] == [step])
        assert said[-1] == step
        assert not (tmp_path / "copy").exists()
        assert backup.last(data) is None
