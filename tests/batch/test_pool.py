"""Workers may die, hang or never start: that costs at most the file they were at."""

import os

import pyarrow as pa
import pytest

from nlp.batch import pool, tagging
from nlp.batch.local import tag_files, tag_into
from nlp.batch.run import Run
from nlp.batch.state import RunStopped
from nlp.batch.tagging import Watch, tag_batch, unpacked
from nlp.workers.pool import Workers

# Put before the worker's own code: a parser that crashes, hangs or is ended from outside on files of a certain name.
TRAP = """
import os, signal, time
from nlp.batch import pool, tagging
read = tagging.read_report
def trapped(path):
    name = os.path.basename(path)
    if "crash" in name: os.kill(os.getpid(), signal.SIGSEGV)
    if "hang" in name: time.sleep(300)
    if "once" in name and not os.path.exists(path + ".seen"):
        open(path + ".seen", "w").close(); os.kill(os.getpid(), signal.SIGKILL)
    return read(path)
tagging.read_report = trapped
from nlp.batch.worker import main
main()
"""


@pytest.fixture
def trapped(monkeypatch):
    """Lets workers run into the trap."""
    monkeypatch.setattr(pool, "WORKER", TRAP)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_crash_costs_its_file_only(write_passages, tmp_path, trapped, jobs):
    folder = write_passages(tmp_path / "in", 20)
    (folder / "00010-crash.txt").write_bytes((folder / "00001.txt").read_bytes() + b"x")
    (folder / "00011-once.txt").write_bytes((folder / "00001.txt").read_bytes() + b"y")
    run = tag_into([folder], tmp_path / "out", jobs=jobs)
    assert run["reports"] == 21 and run["failures"] == {"worker_died": 1}
    (failure,) = run["first_failures"]
    assert failure["name"].endswith("00010-crash.txt") and "signal 11" in failure["message"]


@pytest.mark.slow
def test_a_file_that_takes_too_long_costs_itself_only(write_passages, tmp_path, trapped):
    folder = write_passages(tmp_path / "in", 6)
    (folder / "00002-hang.txt").write_bytes((folder / "00001.txt").read_bytes() + b"x")
    with Run([folder], tmp_path / "out", jobs=1, seconds_a_file=10) as run:
        run.tag()
        _, merged, rows = run.write(["parquet"])
    assert merged.failures == {"timeout": 1} and rows["reports"] == 6


def test_workers_that_cannot_start_stop_the_run(write_passages, tmp_path, monkeypatch):
    folder = write_passages(tmp_path / "in", 6)
    monkeypatch.setattr(pool, "WORKER", "import sys\nprint('no license', file=sys.stderr)\nraise SystemExit(3)")
    with pytest.raises(RunStopped, match=r"before they begin .status 3: no license"):
        tag_into([folder], tmp_path / "out", jobs=2)


def test_workers_end_with_the_run(write_passages, tmp_path, monkeypatch):
    folder = write_passages(tmp_path / "in", 30)
    pids = set()
    event = Workers.event

    def watched(self):
        pids.update(self.pids)  # only the pool's own: other tests may have left readers running
        return event(self)

    monkeypatch.setattr(Workers, "event", watched)
    with Run([folder], tmp_path / "out", jobs=2) as run:
        run.tag()
    assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_fault_of_the_program_is_a_failure_that_quotes_no_text(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("青溪镇2022年政府信息公开工作年度报告\n公开9条,联系人赵小禾。", encoding="utf-8")

    def fails(source, **_):
        raise KeyError(source.text)

    monkeypatch.setattr(tagging, "analyse_source", fails)
    (failure,) = tag_files([tmp_path / "a.txt"], jobs=0).tables["failures"].to_pylist()
    assert failure["code"] == "internal_error" and "KeyError" in failure["message"] and "赵小禾" not in str(failure)


def test_a_batch_gives_a_row_for_each_row():
    texts = ["本年度通过微信公众号发布信息49条。", None, "", "一、总体情况\n公开12条。"]
    watch = Watch()
    result = tag_batch(pa.record_batch({"name": ["a", "b", "c", "d"], "text": texts}), watch=watch)
    assert result["name"].to_pylist() == ["a", "b", "c", "d"] and len(watch.rows) == 4
    assert [len(rows) for rows in result["failures"].to_pylist()] == [0, 1, 0, 0]
    assert unpacked(result, "channel_counts")["channel"].to_pylist() == ["wechat"]
    assert unpacked(result.slice(1), "channel_counts").num_rows == 0


def test_the_same_bytes_by_path_and_by_content(tmp_path, write_reports):
    write_reports(tmp_path, 6)
    files = sorted(tmp_path.rglob("*-*"))
    names = [str(p) for p in files]
    by_path = tag_batch(
        pa.record_batch({"name": names, "path": pa.array([os.fsencode(n) for n in names], pa.binary())})
    )
    by_content = tag_batch(pa.record_batch({"name": names, "content": [p.read_bytes() for p in files]}))
    assert by_path.equals(by_content)
