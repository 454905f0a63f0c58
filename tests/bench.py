"""How fast reports are analysed, beside what else one would do with the same text. Run by `make bench`.

In one run, on the same generated reports: each stage, the whole in one process, jieba alone cutting the same text, a
plain script of jieba, scikit-learn and regular expressions, and batches with one and two processes. Prints a table,
or with --json one JSON object; with --engines the local engine against Spark on the same machine (extra ``spark``)
instead. The memory of batches is measured by ``bench_memory.py``.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jieba

from nlp.analyse import analyse
from nlp.batch.local import tag_into
from nlp.checking.check import check
from nlp.extraction.contacts import find_contacts
from nlp.extraction.counts import find_counts
from nlp.labelling.label import label_statements
from nlp.narrative.statements import cut_statements
from nlp.output.files import write_tables
from nlp.output.frames import arrow_table
from nlp.output.rows import Row, rows_of
from nlp.reading.clean import clean_text
from nlp.reading.files import read_report
from nlp.records import Analysis
from nlp.structure.identity import read_identity
from nlp.structure.paragraphs import find_paragraphs
from nlp.structure.sections import find_sections
from nlp.tables.edition import find_edition
from nlp.tables.figures import read_tables

sys.path.insert(0, str(Path(__file__).parent))  # also when a test runner imports this file
import generated

STAGES = (
    "reading", "sections", "identity", "paragraphs", "contacts", "counts", "segmentation", "labelling", "tables",
    "checking",
    "tabulating",
)  # fmt: skip


def time_stages(path: Path) -> dict[str, float]:
    """Seconds of each stage for one report."""
    seconds: dict[str, float] = {}
    last = time.process_time()

    def lap(stage: str) -> None:
        nonlocal last
        now = time.process_time()
        seconds[stage] = now - last
        last = time.process_time()

    source = read_report(path)
    clean = clean_text(source)
    lap("reading")
    sections = find_sections(source, clean)
    edition = find_edition(clean)
    lap("sections")
    identity = read_identity(source, clean, sections, edition)
    lap("identity")
    paragraphs = find_paragraphs(source, clean, sections)
    lap("paragraphs")
    contacts = find_contacts(clean, paragraphs)
    lap("contacts")
    channel_counts, counts = find_counts(clean, paragraphs)
    lap("counts")
    pieces = cut_statements(clean, paragraphs)
    lap("segmentation")
    statements = label_statements(clean, pieces)
    lap("labelling")
    figures = read_tables(source, clean, sections, edition).figures
    lap("tables")
    analysis = Analysis(source, identity, sections, statements, contacts, channel_counts, counts, figures)
    last = time.process_time()
    check(analysis, clean)
    lap("checking")
    rows_of(analysis)
    lap("tabulating")
    return seconds


def plain_script(statements: list[str], roles: list[str]) -> Callable[[str], object]:
    """What many write first: jieba, a scikit-learn pipeline over sentences, a dozen regular expressions."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    pipeline = make_pipeline(
        TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None), LogisticRegression(max_iter=300)
    )
    pipeline.fit(statements, roles)
    patterns = [re.compile(p) for p in (
        r"(\d{4})年度?政府信息公开", r"主动公开政府信息(\d+)条", r"(\d+)条", r"(\d+)件", r"(\d+)次", r"(\d+)篇", r"微信.{0,10}?(\d+)条",
        r"网站.{0,10}?(\d+)条", r"微博.{0,10}?(\d+)条", r"0\d{2,3}-\d{7,8}", r"邮编[::]?(\d{6})",
        r"\w+@[\w.]+", r"地址[::]([^,,)]+)",
    )]  # fmt: skip

    def script(text: str) -> object:
        sentences = [s for s in re.split(r"[。;;\n]", text) if len(s) > 5]
        return pipeline.predict(sentences), [pattern.findall(text) for pattern in patterns]

    return script


def bench_stages(paths: list[Path]) -> dict[str, Any]:
    """Milliseconds of the processor a report, means. Not of the clock: what else the machine does would count."""
    jieba.setLogLevel(60)
    for path in paths[:20]:  # loads vocabulary, dictionaries and the model
        time_stages(path)
    texts = [read_report(path).text for path in paths]
    sample = [
        (s.span.of(text), s.role)
        for path, text in zip(paths[:60], texts, strict=False)
        for s in analyse(path).statements
    ]
    script = plain_script([text for text, _ in sample], [role for _, role in sample])
    seconds: dict[str, list[float]] = defaultdict(list)
    for path, text in zip(paths, texts, strict=True):  # in turns, so that a busy machine slows all alike
        for stage, taken in time_stages(path).items():
            seconds[stage].append(taken)
        for name, work in (
            ("whole", lambda path=path: analyse(path)),
            ("jieba alone", lambda text=text: jieba.lcut(text, HMM=False)),
            ("jieba alone, HMM", lambda text=text: jieba.lcut(text)),
            ("plain script", lambda text=text: script(text)),
        ):
            started = time.process_time()
            work()
            seconds[name].append(time.process_time() - started)
    rows: dict[str, list[Row]] = defaultdict(list)
    for path in paths[:200]:
        for name, new in rows_of(analyse(path)).items():
            rows[name] += new
    started = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        write_tables({name: arrow_table(name, of) for name, of in rows.items()}, Path(folder), ["parquet"])
    seconds["writing"] = [(time.process_time() - started) / len(paths[:200])]
    means = {name: round(1000 * statistics.fmean(of), 3) for name, of in seconds.items()}
    return {
        "reports": len(paths),
        "characters": sum(map(len, texts)) // len(texts),
        "statements": len(sample) // len(paths[:60]),
        "milliseconds": {stage: means[stage] for stage in (*STAGES, "writing")},
        "whole": means["whole"],
        "jieba_alone": means["jieba alone"],
        "jieba_alone_hmm": means["jieba alone, HMM"],
        "plain_script": means["plain script"],
        "ratio_to_jieba": round(means["whole"] / means["jieba alone"], 2),
        "ratio_to_plain_script": round(means["whole"] / means["plain script"], 2),
    }


ROUNDS = 3
# What two processes that share nothing reach on this machine: cutting the same text for as long as told.
CUTTING = """
import sys, time, jieba
jieba.setLogLevel(60)
text = sys.stdin.read()
jieba.lcut(text, HMM=False)
print(flush=True)
started, cut = time.perf_counter(), 0
while time.perf_counter() < started + 5:
    jieba.lcut(text, HMM=False)
    cut += 1
print(cut / (time.perf_counter() - started))
"""


def rate_of_cutting(text: str, processes: int) -> float:
    """How often a second jieba cuts the text in so many processes of their own at once."""
    running = []
    for _ in range(processes):
        process = subprocess.Popen([sys.executable, "-c", CUTTING], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert process.stdin is not None
        process.stdin.write(text.encode())
        process.stdin.close()
        running.append(process)
    return sum(float(process.stdout.read()) for process in running if process.stdout is not None)


def bench_batches(folder: Path, text: str) -> dict[str, Any]:
    """Reports a second of the command's engine with one and two processes, without the start of the workers.

    Beside them what the machine gives two processes that share nothing, so that a neighbour's load is not taken for
    the engine's. The best of some rounds in turns: other work only slows.
    """
    rates: dict[int, float] = {}
    cutting: dict[int, float] = {}
    for _ in range(ROUNDS):
        for jobs in (1, 2):
            with tempfile.TemporaryDirectory() as out:
                run: dict[str, Any] = tag_into([folder], Path(out), jobs=jobs)
                rates[jobs] = max(rates.get(jobs, 0), run["files"] / run["seconds"])
            cutting[jobs] = max(cutting.get(jobs, 0), rate_of_cutting(text, jobs))
    return {
        "one_process": round(rates[1], 1),
        "two_processes": round(rates[2], 1),
        "scaling": round(rates[2] / rates[1], 2),
        "scaling_of_jieba": round(cutting[2] / cutting[1], 2),
    }


def bench_engines(folder: Path) -> dict[str, Any]:
    """Seconds of the same batch by two local processes and by Spark with two cores, in turns, the second of two rounds."""
    from nlp.batch.spark import session, tag_inputs

    started = time.perf_counter()
    spark = session("local[2]")
    spark.sparkContext.setLogLevel("ERROR")
    start = time.perf_counter() - started
    seconds: dict[str, list[float]] = {"local": [], "spark": []}
    for _ in range(2):  # in the first round Spark starts its Python workers, and both load the model
        for name in seconds:
            with tempfile.TemporaryDirectory() as out:
                started = time.perf_counter()
                if name == "local":
                    tag_into([folder], Path(out), jobs=2)
                else:
                    tag_inputs(spark, [folder], Path(out))
                seconds[name].append(time.perf_counter() - started)
    spark.stop()
    return {
        "reports": sum(path.is_file() for path in folder.rglob("*")),
        "spark_start": round(start, 1),
        "first_round": {name: round(of[0], 1) for name, of in seconds.items()},
        "second_round": {name: round(of[1], 1) for name, of in seconds.items()},
        "spark_to_local": round(seconds["spark"][1] / seconds["local"][1], 2),
    }


def time_to_show(path: Path) -> float:
    """Seconds from pressing return to the end of `gongkai show`, the second time (a warm disk)."""
    taken = 0.0
    for _ in range(2):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "nlp", "show", str(path)], stdout=subprocess.DEVNULL, check=True)
        taken = time.perf_counter() - started
    return round(taken, 2)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--count", type=int, default=1000, help="generated reports")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--engines", action="store_true", help="the local engine against Spark")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        generated.write_reports(Path(folder), options.count, seed=options.seed)
        if options.engines:
            print(json.dumps(bench_engines(Path(folder))))
            return
        paths = sorted(p for p in Path(folder).rglob("*") if p.is_file())
        result = bench_stages(paths) | bench_batches(Path(folder), read_report(paths[0]).text)
        result["seconds_to_show"] = time_to_show(paths[0])
    if options.json:
        print(json.dumps(result))
        return
    print(f"{result['reports']} reports of {result['characters']} characters, milliseconds of the processor a report")
    for stage, value in result["milliseconds"].items():
        print(f"{stage:24}{value:8.2f}")
    for name in ("whole", "jieba_alone", "jieba_alone_hmm", "plain_script"):
        print(f"{name.replace('_', ' '):24}{result[name]:8.2f}")
    print(f"whole to jieba alone {result['ratio_to_jieba']}, to the plain script {result['ratio_to_plain_script']}")
    print(
        f"batch, reports a second: {result['one_process']} with one process, "
        f"{result['two_processes']} with two ({result['scaling']} ×; jieba alone in two {result['scaling_of_jieba']} ×)"
    )
    print(f"gongkai show: {result['seconds_to_show']} s")


if __name__ == "__main__":
    main()
