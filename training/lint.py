"""The linter of the project's corpus. Run as ``python -m training.lint [FILE]``; exit status 1 when there are errors.

Errors are what the labelling guide or the form of the file forbids; warnings are what a person should look at.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nlp.labelling.aspects import OTHER, aspects
from nlp.labelling.ngrams import bare
from training.corpus import CORPUS, Heading, Marked, Passage, read_passages, statements_of
from training.near import find_near_duplicates

MAX_LABELS = 4  # labelling guide, section 3
SHOWN_CHARS = 24
OPENING_CHARS = 6
MIN_PASSAGE_CHARS = 40
MIN_REPEATED_CHARS = 15  # a shorter sentence may well be written twice by two people


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing wrong with the corpus; ``where`` is the id of a passage and the place of the statement in it."""

    severity: Literal["error", "warning"]
    code: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity} {self.code} {self.where}: {self.message}"


def lint(passages: Sequence[Passage]) -> list[Remark]:
    """Everything that is wrong, errors first, in the order of the file."""
    found = [
        remark
        for passage in passages
        for remark in (*check_spans(passage), *check_labels(passage), *check_answers(passage))
    ]
    found += check_ids(passages)
    found += check_copies(passages)
    return sorted(found, key=lambda remark: remark.severity)


def check_spans(passage: Passage) -> Iterator[Remark]:
    """Spans lie inside the text, in order and apart, without white space at their ends; only that is left over."""
    text, at = passage.text, 0
    parts: list[Heading | Marked] = sorted((*passage.headings, *passage.statements), key=lambda part: part.start)
    starts = {"heading": [h.start for h in passage.headings], "statement": [s.start for s in passage.statements]}
    for kind, own in starts.items():
        if own != sorted(own):
            yield Remark("error", "order", passage.id, f"{kind}s are not in the order of the text. Sort them by start.")
    if not passage.statements:
        yield Remark("error", "empty", passage.id, "no statement.")
        return
    outside = [part for part in parts if not 0 <= part.start < part.end <= len(text)]
    if outside:  # what is left uncovered would only repeat it
        for part in outside:
            where = f"{passage.id} {part.start}–{part.end}"
            yield Remark("error", "span", where, f"outside the text of {len(text)} characters, or empty.")
        return
    for part in parts:
        where, words = f"{passage.id} {part.start}–{part.end}", text[part.start : part.end]
        if part.start < at:
            yield Remark("error", "overlap", where, f"begins before the one before it ends ({at}).")
        if words != words.strip():
            yield Remark("error", "space", where, f"white space at an end of {words[:SHOWN_CHARS]!r}.")
        if between := text[at : part.start].strip():
            yield Remark("error", "uncovered", where, f"before it {between[:SHOWN_CHARS]!r} belongs to nothing.")
        at = max(at, part.end)
    if rest := text[at:].strip():
        yield Remark("error", "uncovered", passage.id, f"{rest[:SHOWN_CHARS]!r} at the end belongs to nothing.")


def check_labels(passage: Passage) -> Iterator[Remark]:
    """Labels exist, fit the role, and are combined as the guide allows (sections 1 and 3, label 17)."""
    known = aspects().values()
    keys = {"problem": {a.problem for a in known}, "measure": {a.measure for a in known}}
    for number, statement in enumerate(passage.statements):
        where = f"{passage.id} statement {number} {passage.of(statement)[:SHOWN_CHARS]!r}"
        labels = statement.labels
        if statement.role not in keys:
            if labels:
                yield Remark(
                    "error", "label_on_role", where, f"a statement of role {statement.role} bears {', '.join(labels)}."
                )
            continue
        if not labels:
            yield Remark("error", "no_label", where, f"a {statement.role} without label.")
        wrong = [label for label in labels if label not in keys[statement.role]]
        if wrong:
            other = "measure" if statement.role == "problem" else "problem"
            why = f"a key of a {other}" if wrong[0] in keys[other] else "no key of the vocabulary"
            yield Remark("error", "label_of_role", where, f"{wrong[0]} on a {statement.role} is {why}.")
        if OTHER in labels and len(labels) > 1:
            yield Remark(
                "error", "other_combined", where, f"other together with {', '.join(x for x in labels if x != OTHER)}."
            )
        if len(set(labels)) < len(labels):
            yield Remark("error", "label_twice", where, f"a label stands twice: {', '.join(labels)}.")
        if len(set(labels)) > MAX_LABELS:
            yield Remark("warning", "many_labels", where, f"{len(labels)} labels; the guide has at most {MAX_LABELS}.")


def check_answers(passage: Passage) -> Iterator[Remark]:
    """Only measures answer, and only problems are answered; nothing is answered both well and weakly."""
    for number, statement in enumerate(passage.statements):
        where = f"{passage.id} statement {number}"
        both = (*statement.answers, *statement.answers_weakly)
        if both and statement.role != "measure":
            yield Remark("error", "answer_by", where, f"a {statement.role} answers something.")
        for target in both:
            if not 0 <= target < len(passage.statements):
                yield Remark("error", "answer_to", where, f"answers statement {target}, which is not there.")
            elif passage.statements[target].role != "problem":
                yield Remark(
                    "error", "answer_to", where, f"answers statement {target}, a {passage.statements[target].role}."
                )
        if len(set(both)) < len(both):
            yield Remark("error", "answer_twice", where, "answers the same problem twice.")


def check_ids(passages: Sequence[Passage]) -> Iterator[Remark]:
    """Every id is used once."""
    for name, number in Counter(passage.id for passage in passages).items():
        if number > 1:
            yield Remark("error", "id_twice", name, f"{number} passages have this id.")


def check_copies(passages: Sequence[Passage]) -> Iterator[Remark]:
    """No passage twice; no statement of some length twice with other labels; what is nearly the same is shown.

    Statements are compared without marker, punctuation and figures, in the whole corpus: a copy in another family leaks
    between folds.
    """
    first: dict[str, str] = {}
    for passage in passages:
        text = "".join(passage.text.split())
        if text in first:
            # 五、存在的主要问题及改进情况 无。 is a whole section, and many bodies write it.
            severity: Literal["error", "warning"] = "error" if len(text) >= MIN_PASSAGE_CHARS else "warning"
            yield Remark(severity, "passage_twice", passage.id, f"the same text as {first[text]}.")
        first.setdefault(text, passage.id)
    statements = list(statements_of(list(passages)))
    texts = [passage.of(statement) for passage, statement in statements]
    for pair in find_near_duplicates(texts, jaccard=0.5):
        (one, a), (two, b) = statements[pair.first], statements[pair.second]
        if one is two and pair.jaccard < 1:
            continue  # within a passage a sentence may take up another
        family = "" if one.family == two.family else ", in another family"
        where = f"{two.id} {texts[pair.second][:SHOWN_CHARS]!r}"
        same = bare(texts[pair.first]) == bare(texts[pair.second])
        # The same words may be a problem under one heading and a measure under another (guide, section 1.4).
        if (
            same
            and a.role == b.role
            and set(a.labels) != set(b.labels)
            and len(texts[pair.first]) >= MIN_REPEATED_CHARS
        ):
            labels = f"{', '.join(a.labels) or 'none'} there, {', '.join(b.labels) or 'none'} here"
            yield Remark("error", "labelled_twice", where, f"stands in {one.id} with other labels: {labels}.")
        else:
            code, share = (
                ("copy", "") if same else ("near_copy", f" ({max(pair.jaccard, pair.contained):.0%} of its characters)")
            )
            yield Remark(
                "warning", code, where, f"stands in {one.id} too{family}{share}: {texts[pair.first][:SHOWN_CHARS]!r}."
            )


def diversity(passages: Sequence[Passage]) -> dict[str, float]:
    """How varied the wording is: shares of 0 to 1, higher is better but for the last two.

    ``distinct_4grams``: of all runs of 4 characters, how many differ; ``distinct_4grams_per_10000``: the same in the
    first 10,000 runs, which does not fall with the size; ``commonest_opening`` and ``commonest_10_openings``: how many
    statements begin with the most frequent 6 characters, and with the ten most frequent.
    """
    runs: Counter[str] = Counter()
    openings: Counter[str] = Counter()
    sample: list[str] = []
    statements = 0
    for passage, statement in statements_of(list(passages)):
        text = bare(passage.of(statement))
        statements += 1
        openings[text[:OPENING_CHARS]] += 1
        grams = [text[at : at + 4] for at in range(len(text) - 3)]
        runs.update(grams)
        if len(sample) < 10_000:
            sample += grams
    common = [number for _, number in openings.most_common(10)]
    return {
        "distinct_4grams": round(len(runs) / max(1, runs.total()), 4),
        "distinct_4grams_per_10000": round(len(set(sample[:10_000])) / max(1, len(sample[:10_000])), 4),
        "commonest_opening": round(common[0] / statements, 4) if common else 0.0,
        "commonest_10_openings": round(sum(common) / max(1, statements), 4),
    }


def counts(passages: Sequence[Passage]) -> dict[str, int]:
    """Passages, families, statements, and statements a role."""
    roles = Counter(statement.role for _, statement in statements_of(list(passages)))
    return {
        "passages": len(passages),
        "families": len({p.family for p in passages}),
        "statements": roles.total(),
        **{str(r): n for r, n in roles.items()},
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the remarks and the figures; the exit status comes back."""
    parser = argparse.ArgumentParser(
        prog="python -m training.lint", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("corpus", type=Path, nargs="?", default=CORPUS, metavar="FILE", help="corpus of passages")
    parser.add_argument("--errors", action="store_true", help="leave the warnings out")
    given = parser.parse_args(arguments)
    try:
        passages = read_passages(given.corpus)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    remarks = lint(passages)
    errors = sum(remark.severity == "error" for remark in remarks)
    for remark in remarks:
        if remark.severity == "error" or not given.errors:
            print(remark)
    for name, value in {**counts(passages), **diversity(passages)}.items():
        print(f"{name:28}{value:>10}")
    print(f"{errors} errors, {len(remarks) - errors} warnings", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
