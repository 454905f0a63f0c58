"""What holds for all tests."""

from __future__ import annotations

import pytest

from nlp.reading.isolated import stop_worker


@pytest.fixture(autouse=True, scope="module")
def no_reader_left_over():
    """The process that reads documents lives on until the program ends; no module finds that of another."""
    yield
    stop_worker()
