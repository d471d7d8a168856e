from __future__ import annotations

from collections.abc import Iterator

import pytest

from experiments.calibration.trial import one_thread


@pytest.fixture(autouse=True, scope="package")
def calculates_in_one_thread() -> Iterator[None]:
    """Small matrices are slower with several threads on a busy machine."""
    with one_thread():
        yield
