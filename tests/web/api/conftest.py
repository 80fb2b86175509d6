"""Fixtures of the admin API."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from innesco.storage.open import close
from tests.web.api.shop import Shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tmp_path)
    yield made
    if made.columns:
        made.columns.close()
    close(made.stores)
