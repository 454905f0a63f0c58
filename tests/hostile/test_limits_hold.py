"""What a hostile file costs, measured over the whole tree of processes, and what kills cost: nothing."""

import os
import random
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.hostile.conftest import PROGRAM, REPORT

MB = 2**20
KILLS = 100
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system has no /proc")


def tree_of(pid):
    """The ids of a process and all that it started, and what they started."""
    found = [pid]
    for at in found:
        try:
            tasks = list(Path(f"/proc/{at}/task").iterdir())
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:  # it has ended
            continue
    return found


def resident(pid):
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
    except OSError:
        return 0


def measured(command, cwd, seconds=120):
    """The exit status, the largest sum of memory of the tree of processes, and the processes that it left behind."""
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak, seen = 0, set()
    over = threading.Timer(seconds, process.kill)
    over.start()
    while process.poll() is None:
        tree = tree_of(process.pid)
        seen |= set(tree)
        peak = max(peak, sum(map(resident, tree)))
        time.sleep(0.05)
    over.cancel()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(os.path.exists(f"/proc/{pid}") for pid in seen):
        time.sleep(0.05)
    return process.returncode, peak, {pid for pid in seen if os.path.exists(f"/proc/{pid}")}


def unclosed():
    return b"<html><body>" + b"<b><i><u><s>" * 4_000 + REPORT.format(year=2022).encode()


def attributes():
    return b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">" + b"x" * 100


def nested():
    return b"<html><body>" + b"<q-x>" * 1_000_000 + b"x"


@pytest.mark.slow
@pytest.mark.parametrize("make", [unclosed, attributes, nested])
def test_a_page_costs_no_more_memory_than_a_reader_may_have(make, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_bytes(make())
    (tmp_path / "in" / "b.txt").write_text(REPORT.format(year=2021), encoding="utf-8")
    status, peak, left = measured([PROGRAM, "tag", "in", "--out", "out"], tmp_path)
    assert status in (0, 1) and (tmp_path / "out" / "reports.parquet").is_file()
    assert peak < 1024 * MB + 700 * MB  # the reader's limit, and the program with a worker and its model
    assert not left


def bytes_of(out):
    paths = (path for path in sorted(out.iterdir()) if path.is_file() and path.name != "run.json")
    return {path.name: path.read_bytes() for path in paths}


@pytest.mark.slow
def test_a_hundred_kills_change_no_byte(tmp_path):
    """At random, the program, one of its workers or both end as the system ends them when memory is short."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:04}.txt").write_text(
            REPORT.format(year=2008 + number % 15) + f"{number}\n", encoding="utf-8"
        )
    command = [PROGRAM, "tag", folder, "--jobs", "2", "--out"]
    subprocess.run([*command, tmp_path / "whole"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    chance = random.Random(24)
    done = 0
    while done < KILLS:
        out = tmp_path / f"out{done}"
        resume: list[str] = []
        for _ in range(chance.randint(1, 10)):
            process = subprocess.Popen([*command, out, *resume], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.5, 6))
            for pid in chance.sample(tree := tree_of(process.pid), chance.randint(1, len(tree))):
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
                done += 1
            process.kill()
            process.wait()
            resume = ["--resume"] if (out / ".gongkai").exists() else []
        last = subprocess.run([*command, out, *resume], capture_output=True, check=False)
        assert last.returncode == 0, last.stderr.decode()
        assert bytes_of(out) == bytes_of(tmp_path / "whole")
