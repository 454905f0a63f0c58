"""How much memory batches take, and how rate and memory go over time, with two processes and generated reports.

``python tests/bench_memory.py 1000 10000`` prints a JSON line for each number of reports, each batch in a process of its
own; ``--short`` takes reports of three lines, to measure the batch by itself. ``--minutes 60 100000`` follows the command
on so many reports, a line a minute, and ends it after an hour.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nlp.batch.local import tag_into

sys.path.insert(0, str(Path(__file__).parent))  # also when a test runner imports this file
import generated


def bench_over_time(minutes: float, count: int) -> Iterator[dict[str, Any]]:
    """Rate and memory of the command over time: a line a minute, the last one for the whole; ended after ``minutes``."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        generated.write_reports(place / "in", count)
        command = [sys.executable, "-m", "nlp", "tag", str(place / "in"), "--out", str(place / "out")]
        log = place / "log"
        with log.open("w") as file:
            run = subprocess.Popen([*command, "--jobs", "2", "--by-year", "--log-json"], stderr=file, stdout=file)
        started, last = time.perf_counter(), (0.0, 0)
        while run.poll() is None and (passed := time.perf_counter() - started) < 60 * minutes:
            time.sleep(min(60.0, max(1.0, 60 * minutes - passed)))
            passed, done = time.perf_counter() - started, _done(log)
            yield {
                "minutes": round(passed / 60, 1),
                "reports": done,
                "reports_per_second": round((done - last[1]) / (passed - last[0]), 1),
                "run_mb": round(_resident(run.pid)),
                "worker_mb": round(max(map(_resident, _children(run.pid)), default=0)),
            }
            last = (passed, done)
        if run.poll() is None:
            run.send_signal(signal.SIGINT)
        status = run.wait()
        passed = time.perf_counter() - started
        yield {
            "whole": True,
            "minutes": round(passed / 60, 1),
            "reports": _done(log),
            "status": status,
            "gb": round(sum(p.stat().st_size for p in (place / "out").rglob("*") if p.is_file()) / 2**30, 2),
        }


def _done(log: Path) -> int:
    """The files done that the last line of a log tells."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 4096))
        counts = re.findall(rb'"done": ?(\d+)', file.read())
    return int(counts[-1]) if counts else 0


@contextmanager
def peak_memory() -> Iterator[dict[str, float]]:
    """Peak resident memory (MB) of this process and of its largest child, sampled ten times a second."""
    peaks = {"run": 0.0, "worker": 0.0}
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.1):
            for name, pids in (("run", [os.getpid()]), ("worker", _children(os.getpid()))):
                peaks[name] = max([peaks[name], *map(_resident, pids)])

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peaks
    finally:
        done.set()
        thread.join()


def _children(parent: int) -> list[int]:
    tasks = Path(f"/proc/{parent}/task")
    try:
        return [int(pid) for task in tasks.iterdir() for pid in (task / "children").read_text().split()]
    except OSError:
        return []


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * resource.getpagesize() / 2**20


def bench_memory(counts: list[int], *, short: bool) -> list[dict[str, Any]]:
    """Peak memory and rate of a batch with two processes, for each number of reports, each in a process of its own."""
    found = []
    for count in counts:
        arguments = [sys.executable, __file__, "--alone", str(count), *(["--short"] if short else [])]
        found.append(json.loads(subprocess.run(arguments, stdout=subprocess.PIPE, check=True).stdout))
        print(json.dumps(found[-1]), file=sys.stderr)
    return found


def memory_of(count: int, *, short: bool) -> dict[str, Any]:
    """Peak memory and rate of one batch in this process."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if short:
            for number in range(count):
                (place / "in" / f"{number // 1000}").mkdir(parents=True, exist_ok=True)
                text = f"云溪县财政局2021年政府信息公开工作年度报告\n一、总体情况\n全年公开信息{number}条。\n"
                (place / "in" / f"{number // 1000}" / f"{number}.txt").write_text(text, encoding="utf-8")
        else:
            generated.write_reports(place / "in", count)
        with peak_memory() as peaks:
            run: dict[str, Any] = tag_into([place / "in"], place / "out", jobs=2)
        size = sum(p.stat().st_size for p in (place / "out").rglob("*") if p.is_file())
    assert run["reports"] == count, run
    return {
        "reports": count,
        "short": short,
        "run_mb": round(peaks["run"]),
        "worker_mb": round(peaks["worker"]),
        "reports_per_second": round(count / run["seconds"], 1),
        "kb_a_report": round(size / 1024 / count, 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("counts", type=int, nargs="*", default=[1_000, 10_000, 100_000], help="numbers of reports")
    parser.add_argument("--short", action="store_true", help="reports of three lines")
    parser.add_argument("--minutes", type=float, help="follow the command for so long")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.alone:
        print(json.dumps(memory_of(options.counts[0], short=options.short)))
    elif options.minutes:
        for line in bench_over_time(options.minutes, options.counts[0]):
            print(json.dumps(line), flush=True)
    else:
        print(json.dumps(bench_memory(options.counts, short=options.short)))


if __name__ == "__main__":
    main()
