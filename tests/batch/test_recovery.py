"""A state that was damaged: whole shards are kept, the rest is done anew, both are told, and the tables are the same."""

import sqlite3

import pytest

from nlp.batch import run as run_module
from nlp.batch.local import tag_into

FILES = 12


@pytest.fixture
def done(write_passages, tmp_path):
    """A folder of reports, and what a run made of it."""
    folder = write_passages(tmp_path / "in", FILES)
    out = tmp_path / "out"
    tag_into([folder], out, jobs=0)
    return folder, out, (out / "statements.parquet").read_bytes()


def damaged_database(path):
    path.write_bytes(b"no database" * 500)


def cut_short(path):
    path.write_bytes(path.read_bytes()[:6000])


def without_pages(path):
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x5a" * (len(data) - 4096)
    path.write_bytes(data)


@pytest.mark.parametrize("damage", [damaged_database, cut_short, without_pages])
def test_a_damaged_ledger_costs_no_result(done, damage):
    folder, out, before = done
    damage(out / ".gongkai" / "ledger.sqlite")
    run = tag_into([folder], out, jobs=0, start="resume")
    assert run["tagged_now"] == 0 and run["reports"] == FILES
    assert run["mended"] == [
        f"The ledger was damaged and is set aside as ledger.damaged: {FILES} results are kept, the rest is done anew."
    ]
    assert (out / "statements.parquet").read_bytes() == before
    assert tag_into([folder], out, jobs=0, start="resume")["mended"] == []


def test_shards_made_under_other_conditions_are_not_taken(done, monkeypatch):
    folder, out, _ = done
    damaged_database(out / ".gongkai" / "ledger.sqlite")
    real = run_module.conditions
    monkeypatch.setattr(run_module, "conditions", lambda settings: real(settings) | {"model": "another"})
    run = tag_into([folder], out, jobs=0, start="resume")
    assert run["tagged_now"] == FILES and "0 results are kept" in run["mended"][0]


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(path.read_bytes()[:-9]), lambda path: path.unlink()])
def test_a_damaged_shard_costs_its_reports_only(done, damage):
    folder, out, before = done
    shards = sorted((out / ".gongkai" / "shards").iterdir())
    assert len(shards) == 3  # of four reports
    damage(shards[1])
    run = tag_into([folder], out, jobs=0, start="resume")
    assert run["tagged_now"] == 4 and run["reports"] == FILES
    assert run["mended"] == ["1 files with results are damaged or missing: 4 reports are tagged again."]
    assert (out / "statements.parquet").read_bytes() == before


def test_a_flipped_bit_in_a_shard_is_seen(done):
    folder, out, before = done
    shard = min((out / ".gongkai" / "shards").iterdir())
    data = bytearray(shard.read_bytes())
    data[len(data) // 2] ^= 1
    shard.write_bytes(data)
    assert tag_into([folder], out, jobs=0, start="resume")["tagged_now"] == 4
    assert (out / "statements.parquet").read_bytes() == before


def test_a_ledger_of_which_a_table_is_broken_is_replaced(done):
    folder, out, before = done
    path = out / ".gongkai" / "ledger.sqlite"
    with sqlite3.connect(path) as db:
        (root,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'results'").fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    db.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(data)
    run = tag_into([folder], out, jobs=0, start="resume")
    assert run["reports"] == FILES and run["tagged_now"] == 0 and len(run["mended"]) == 1
    assert (out / "statements.parquet").read_bytes() == before
