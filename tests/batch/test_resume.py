"""No work is lost: whatever ends a run, `--resume` does what is missing and the files come out the same to the byte."""

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nlp.batch import run as run_module
from nlp.batch.local import tag_into
from nlp.batch.queue import Queue
from nlp.batch.run import Run
from nlp.batch.settings import Settings
from nlp.batch.state import RunRefused, RunStopped
from nlp.records import OutputRefused
from nlp.workers.pool import Unwritable

ROOT = Path(__file__).parents[2]
NOT_TABLES = {"run.json", ".gongkai"}


def bytes_of(out):
    """Every file of a run but ``run.json``, which holds times."""
    paths = (p for p in sorted(out.rglob("*")) if p.is_file() and not NOT_TABLES & set(p.relative_to(out).parts))
    return {str(p.relative_to(out)): p.read_bytes() for p in paths}


@pytest.fixture(scope="module")
def command(tmp_path_factory):
    """A function that starts the command, from a copy of the program: a run refuses to go on with a changed one."""
    copy = tmp_path_factory.mktemp("program")
    for name in ("nlp", "models"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))

    def start(inputs, out, *options, **keywords):
        arguments = [sys.executable, "-m", "nlp", "tag", str(inputs), "--out", str(out), *map(str, options)]
        environment = os.environ | {"PYTHONPATH": str(copy)}
        streams = {"stderr": subprocess.PIPE, "stdout": subprocess.DEVNULL}
        return subprocess.Popen(arguments, env=environment, cwd=copy, **streams, **keywords)

    return start


def children_of(pid):
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def interrupt_after(monkeypatch, shards, error):
    """Let the run raise ``error`` when it has settled so many shards."""
    settle, count = Run._settle, iter(range(shards))

    def limited(self, event):
        settle(self, event)
        if next(count, None) is None:
            raise error

    monkeypatch.setattr(Run, "_settle", limited)


@pytest.mark.parametrize("jobs", [0, 2])
def test_a_resumed_run_equals_an_uninterrupted_one(write_passages, tmp_path, monkeypatch, jobs):
    folder = write_passages(tmp_path / "in", 60)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "copy.txt").write_bytes((folder / "00007.txt").read_bytes())
    formats = ["parquet", "csv", "jsonl", "xlsx"]
    tag_into([folder], tmp_path / "whole", formats=formats)
    with monkeypatch.context() as patch:
        interrupt_after(patch, 3, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            tag_into([folder], tmp_path / "out", formats=formats, jobs=jobs)
    assert not (tmp_path / "out" / "reports.parquet").exists()
    run = tag_into([folder], tmp_path / "out", formats=formats, jobs=2, start="resume")
    assert run["files"] == 62 and 0 < run["tagged_now"] < 62
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")


def test_a_finished_run_resumed_does_only_what_is_new(write_passages, tmp_path):
    folder = write_passages(tmp_path / "in", 20)
    tag_into([folder], tmp_path / "out")
    (folder / "00003.txt").write_text(
        "云溪县2023年政府信息公开工作年度报告\n一、总体情况\n公开9条。\n", encoding="utf-8"
    )
    (folder / "00004.txt").unlink()
    write_passages(folder / "more", 21)  # the first twenty are copies of files that come before them
    run = tag_into([folder], tmp_path / "out", start="resume")
    tag_into([folder], tmp_path / "whole")
    assert run["tagged_now"] == 2  # the changed one and the new one; what the others hold is known
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")


def test_identical_files_are_tagged_once_and_listed(write_passages, tmp_path):
    folder = write_passages(tmp_path / "in", 8)
    for name in ("b.txt", "c.txt"):
        (folder / name).write_bytes((folder / "00000.txt").read_bytes())
    run = tag_into([folder], tmp_path / "out", formats=["jsonl"], jobs=2)
    failures = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").open(encoding="utf-8")]
    assert [Path(f["name"]).name for f in failures] == ["b.txt", "c.txt"]
    assert {f["code"] for f in failures} == {"duplicate"} and "00000.txt" in failures[0]["message"]
    assert run["reports"] == 8 and run["copies"] == 2 and not run["failures"]


def test_identical_unreadable_files_are_each_a_failure(tmp_path):
    for name in ("a.txt", "b.txt", "sub/a.txt"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("从前有座山。" * 30, encoding="utf-8")
    (tmp_path / "in" / "report.txt").write_text("云溪县2022年政府信息公开工作年度报告\n公开3条。\n", encoding="utf-8")
    run = tag_into([tmp_path / "in"], tmp_path / "out", formats=["jsonl"])
    assert run["failures"] == {"no_report": 3} and run["copies"] == 0
    lines = (tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert [Path(json.loads(line)["name"]).relative_to(tmp_path / "in").as_posix() for line in lines] == [
        "a.txt",
        "b.txt",
        "sub/a.txt",
    ]


def test_an_unfinished_run_is_not_thrown_away_unasked(write_passages, tmp_path, monkeypatch):
    folder = write_passages(tmp_path / "in", 40)
    with monkeypatch.context() as patch:
        interrupt_after(patch, 1, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            tag_into([folder], tmp_path / "out")
    with pytest.raises(RunRefused, match="--resume"):
        tag_into([folder], tmp_path / "out")
    assert tag_into([folder], tmp_path / "out", start="restart")["tagged_now"] == 40
    with pytest.raises(OutputRefused, match="--force"):
        tag_into([folder], tmp_path / "out")  # nor a finished one
    assert tag_into([folder], tmp_path / "out", start="restart")["tagged_now"] == 40


@pytest.mark.parametrize(
    "masked, named", [(True, "mask_personal false then, true now"), (False, "labels then-model then")]
)
def test_changed_conditions_are_noticed(write_passages, tmp_path, monkeypatch, masked, named):
    folder = write_passages(tmp_path / "in", 4)
    conditions = run_module.conditions
    if not masked:
        monkeypatch.setattr(run_module, "conditions", lambda settings: conditions(settings) | {"labels": "then-model"})
    tag_into([folder], tmp_path / "out")
    monkeypatch.setattr(run_module, "conditions", conditions)
    with pytest.raises(RunRefused, match=named) as refused:
        tag_into([folder], tmp_path / "out", start="resume", settings=Settings(mask_personal=masked))
    assert "--force" in str(refused.value)


def test_two_runs_may_not_write_into_one_folder(write_passages, tmp_path):
    folder = write_passages(tmp_path / "in", 2)
    with Run([folder], tmp_path / "out"), pytest.raises(RunRefused, match="another run"):
        tag_into([folder], tmp_path / "out")


def test_a_file_that_changes_while_it_is_read_is_reported_and_read_again(write_passages, tmp_path, monkeypatch):
    folder = write_passages(tmp_path / "in", 12)
    content = Queue._content

    def changing(self, path):
        found = content(self, path)
        if path.endswith("00005.txt"):
            Path(path).write_text("云溪县2022年政府信息公开工作年度报告\n一、总体情况\n公开3条。\n", encoding="utf-8")
        if path.endswith("00006.txt"):
            Path(path).unlink()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(Queue, "_content", changing)
        run = tag_into([folder], tmp_path / "out")
    assert run["failures"] == {"changed": 2} and run["reports"] == 10
    run = tag_into([folder], tmp_path / "out", start="resume")
    assert run["tagged_now"] == 1 and run["reports"] == 11 and not run["failures"]


def test_a_file_that_changes_later_in_the_run_is_reported(write_passages, tmp_path, monkeypatch):
    folder = write_passages(tmp_path / "in", 6)
    with Run([folder], tmp_path / "out", jobs=0) as run:
        run.tag()
        (folder / "00001.txt").write_text("anders", encoding="utf-8")
        (folder / "00002.txt").unlink()
        _, merged, rows = run.write(["parquet"])
    assert [Path(p).name for p in merged.changed] == ["00001.txt", "00002.txt"]
    assert rows["reports"] == 6  # what was read counts


def test_a_full_disk_stops_the_run_and_loses_nothing(write_passages, tmp_path, monkeypatch):
    folder = write_passages(tmp_path / "in", 40)
    tag_into([folder], tmp_path / "whole")
    real, count = run_module.InProcess.event, iter(range(4))

    def full(self):
        if next(count, None) is None:
            return Unwritable(self._tasks.pop(0), 28, "No space left on device")
        return real(self)

    with monkeypatch.context() as patch:
        patch.setattr(run_module.InProcess, "event", full)
        with pytest.raises(RunStopped, match=r"disk is full.*--resume"):
            tag_into([folder], tmp_path / "out", jobs=0)
    assert 0 < tag_into([folder], tmp_path / "out", start="resume")["tagged_now"] < 40
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")


@pytest.mark.parametrize("limit_kb", [40, 100, 200])
def test_a_real_limit_on_files_stops_the_run_and_loses_nothing(command, write_passages, tmp_path, limit_kb):
    """The system refuses to write on, in the ledger, a shard or a table, as a full disk does."""
    folder = write_passages(tmp_path / "in", 300)
    assert command(folder, tmp_path / "whole").wait(timeout=120) == 0
    limit = limit_kb * 1024
    limited = command(
        folder,
        tmp_path / "out",
        "--jobs",
        2,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    _, message = limited.communicate(timeout=120)
    assert limited.returncode in (1, 2), message
    assert b"Traceback" not in message, message
    assert b"kept" in message or b"cannot write" in message, message
    assert command(folder, tmp_path / "out", "--resume").wait(timeout=120) == 0
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "whole")


def test_a_folder_that_cannot_be_written_is_refused(write_passages, tmp_path):
    folder = write_passages(tmp_path / "in", 1)
    (tmp_path / "file").write_text("")
    with pytest.raises(RunRefused, match="cannot write"):
        tag_into([folder], tmp_path / "file")


def test_interrupt_leaves_a_state_to_resume(command, write_reports, tmp_path):
    write_reports(tmp_path / "in", 1_000)  # enough that work is left when the first shard stands
    running = command(tmp_path / "in", tmp_path / "out", "--jobs", 2, start_new_session=True)
    ledger = tmp_path / "out" / ".gongkai" / "shards"
    while not (ledger.exists() and any(ledger.glob("*.arrow"))):
        assert running.poll() is None
        time.sleep(0.02)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the workers too
    _, message = running.communicate(timeout=60)
    assert running.returncode == 1 and b"--resume" in message and b"Traceback" not in message, message


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").exists(), reason="finds the workers of a run in /proc")
def test_fifty_kills(command, write_reports, tmp_path):
    """SIGKILL and SIGINT at random moments, to the run and to its workers; two to three processes, any of them."""
    dice = random.Random(6)
    write_reports(tmp_path / "in", 250)
    (tmp_path / "in" / "broken.txt").write_bytes(b"")
    assert command(tmp_path / "in", tmp_path / "whole", "--format", "parquet,csv").wait(timeout=300) == 1
    whole = bytes_of(tmp_path / "whole")
    kills = rounds = 0
    while kills < 50:
        rounds += 1
        out = tmp_path / f"out{rounds}"
        finished = False
        while not finished:
            jobs = dice.choice((1, 2, 3))
            options = ("--resume", "--jobs", jobs, "--format", "parquet,csv")
            running = command(tmp_path / "in", out, *options, start_new_session=True)
            while running.poll() is None:
                try:
                    running.wait(timeout=dice.uniform(0.3, 4.0))
                except subprocess.TimeoutExpired:
                    workers = children_of(running.pid)
                    victim = dice.choice(["run", "run", "interrupt", *(["worker"] * bool(workers))])
                    if kills < 50:
                        kills += 1
                        if victim == "worker":
                            kill(dice.choice(workers))
                        elif victim == "interrupt":
                            os.killpg(running.pid, signal.SIGINT)
                        else:
                            running.kill()
            finished = running.returncode == 1 and (out / "run.json").exists()  # 1: broken.txt cannot be read
            running.communicate()
        assert bytes_of(out) == whole, f"round {rounds}"
    print(f"{kills} kills in {rounds} rounds")


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
