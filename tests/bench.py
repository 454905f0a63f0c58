"""Time per report of each stage on the sample reports, beside jieba cutting the same text. Run by `make bench`.

Prints a table, or with --json one JSON object. Times are medians over --rounds rounds, in one process.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections import defaultdict
from pathlib import Path

import jieba

from nlp.analyse import analyse_source
from nlp.checking.check import check
from nlp.extraction.contacts import find_contacts
from nlp.extraction.counts import find_counts
from nlp.labelling.label import label_statements
from nlp.narrative.statements import cut_statements
from nlp.output.rows import rows_of
from nlp.reading.clean import clean_text
from nlp.reading.files import read_report
from nlp.reading.identity import read_identity
from nlp.reading.paragraphs import find_paragraphs
from nlp.reading.sections import find_sections
from nlp.tables.edition import find_edition
from nlp.tables.figures import read_figures

SAMPLES = Path(__file__).parents[1] / "corpora" / "reports"


def time_stages(path: Path, seconds: dict[str, list[float]]) -> None:
    """Add the time of each stage for one report."""
    last = time.perf_counter()

    def lap(stage: str) -> None:
        nonlocal last
        now = time.perf_counter()
        seconds[stage].append(now - last)
        last = time.perf_counter()

    source = read_report(path)
    clean = clean_text(source)
    lap("reading")
    sections = find_sections(source, clean)
    edition = find_edition(clean)
    lap("sections")
    read_identity(source, clean, sections, edition)
    lap("identity")
    paragraphs = find_paragraphs(source, clean, sections)
    lap("paragraphs")
    find_contacts(clean, paragraphs)
    lap("contacts")
    find_counts(clean, paragraphs)
    lap("counts")
    pieces = cut_statements(clean, paragraphs)
    lap("statements")
    label_statements(clean, pieces)
    lap("labels")
    read_figures(source, clean, sections, edition)
    lap("figures")
    analysis = analyse_source(source)
    last = time.perf_counter()
    check(analysis, clean)
    lap("checks")
    rows_of(analysis)
    lap("rows")
    list(jieba.cut(source.text, HMM=False))
    lap("(jieba alone)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    paths = sorted(SAMPLES.glob("*.txt"))
    jieba.setLogLevel(60)
    for path in paths:  # the first round loads vocabulary and dictionaries
        time_stages(path, defaultdict(list))
    rounds = []
    for _ in range(options.rounds):
        seconds: dict[str, list[float]] = defaultdict(list)
        for path in paths:
            time_stages(path, seconds)
        rounds.append({stage: sum(times) / len(paths) for stage, times in seconds.items()})
    medians = {stage: 1000 * statistics.median(r[stage] for r in rounds) for stage in rounds[0]}
    jieba_alone = medians.pop("(jieba alone)")
    result = {
        "reports": len(paths),
        "characters": sum(len(p.read_text(encoding="utf-8", errors="replace")) for p in paths) // len(paths),
        "milliseconds": {stage: round(value, 3) for stage, value in medians.items()},
        "whole": round(sum(medians.values()), 3),
        "jieba_alone": round(jieba_alone, 3),
        "ratio": round(sum(medians.values()) / jieba_alone, 2),
    }
    if options.json:
        print(json.dumps(result))
        return
    print(f"{result['reports']} reports of {result['characters']} characters on average, milliseconds a report")
    for stage, value in medians.items():
        print(f"{stage:16}{value:8.2f}")
    print(f"{'whole':16}{result['whole']:8.2f}\n{'jieba alone':16}{jieba_alone:8.2f}\nratio {result['ratio']}")


if __name__ == "__main__":
    main()
