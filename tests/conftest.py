"""What holds for all tests."""

from __future__ import annotations

import csv
import signal
from pathlib import Path

import pytest

from nlp.reading.isolated import stop_worker

# A shell starts what runs in the background with interrupts ignored, and so would the programs that the tests interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="module")
def no_reader_left_over():
    """The process that reads documents lives on until the program ends; no module finds that of another."""
    yield
    stop_worker()


SAMPLES = Path(__file__).parents[1] / "corpora" / "reports"


@pytest.fixture(scope="session")
def tags_folder(tmp_path_factory):
    """The tags of the sample reports as Parquet and CSV."""
    from nlp.batch.local import tag_into  # pyarrow and DuckDB take half a second, which few tests need

    out = tmp_path_factory.mktemp("tags") / "tags"
    tag_into([SAMPLES], out, formats=("parquet", "csv"))
    return out


@pytest.fixture(scope="session")
def frame_units(tags_folder):
    """How many statements of the sample reports are taken for a problem or a measure."""
    import pandas as pd

    return int(pd.read_parquet(tags_folder / "statements.parquet")["role"].isin(["problem", "measure"]).sum())


@pytest.fixture
def fill():
    """A function that fills in a CSV sheet as the model predicts, or as ``answers`` says: id → (role, labels)."""

    def filled(sheet, to, answers=None, encoding="utf-8-sig"):
        with sheet.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            role, labels = (
                answers[row["id"]] if answers else (row["predicted_role"], row["predicted_labels"].split(" | "))
            )
            row["role"] = role
            row.update({f"label_{at}": label for at, label in enumerate(labels, start=1)})
        with to.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return to

    return filled


@pytest.fixture
def make_tags(tmp_path):
    """A function that writes a folder of tags from rows as dicts, tables that are not given without rows."""
    import pyarrow as pa
    import pyarrow.parquet

    from nlp.output.frames import schema
    from nlp.vocabulary.load import load

    def make(name="made", **tables):
        folder = tmp_path / name
        folder.mkdir()
        for table in load("codebook"):
            names = schema(table).names
            rows = [{column: row.get(column) for column in names} for row in tables.get(table, [])]
            pa.parquet.write_table(pa.Table.from_pylist(rows, schema=schema(table)), folder / f"{table}.parquet")
        return folder

    return make
