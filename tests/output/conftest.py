"""What the tests of the output share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from nlp.output.rows import Row


@pytest.fixture
def report_row() -> Callable[[str, str], Row]:
    """A row of ``reports`` on 2021 for an id and an edition."""

    def row(report_id: str, edition: str) -> Row:
        published = date(2022, 1, 5)
        return (
            report_id,
            "a.txt",
            "题",
            "某局",
            None,
            None,
            2021,
            published,
            None,
            None,
            edition,
            9,
            1,
            0,
            0,
            None,
            None,
            "annual_report",
        )

    return row
