"""Measure a trained model on a labelled corpus: scores, slices, calibration, as records, JSON, a page and plots."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from nlp.labelling.aspects import SCHEMES
from nlp.labelling.choice import find_model
from nlp.labelling.classifier import Classifier, Head
from nlp.labelling.label import clean_statement
from nlp.labelling.label_set import labels_of
from nlp.labelling.store import load_model, read_card
from nlp.output.manifest import refuse_foreign_file
from nlp.output.seal import BLANK, is_sealed, sealed
from nlp.output.whole import replace_file, write_text
from nlp.records import OutputRefused
from training.card import interval, label_name, shown, summary_lines
from training.columns import Columns
from training.curve import learning_curve
from training.encoding import HAN
from training.errors import MAX_ERRORS, Error, errors_csv
from training.examples import MIN_CHINESE_SHARE, Corpus, fingerprint_of, stream_examples
from training.fit import Settings as FitSettings
from training.fit import Target
from training.heads import truth_for
from training.origin import find_training_corpus, read_training_corpus
from training.plots import label_plot, reliability_plot, templates
from training.records import CorpusUnusable, Example, Finding, Findings
from training.scores import choose, score_head
from training.sequence import roles_in_order, uses_order
from training.settings import RunSettings
from training.taxonomy import Taxonomy

BATCH = 2000
MAX_SLICES = 50
ERRORS = "errors.csv"
SHOWN_SCORES = 5  # of the labels, for each error


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured: ``figures`` is the whole as JSON holds it, ``card`` the model's, ``errors`` a sheet of errors."""

    figures: dict[str, Any]
    card: dict[str, Any]
    errors: str = ""


def evaluate(
    model: str | Path,
    corpus: Path,
    *,
    columns: Columns | None = None,
    taxonomy: Taxonomy | None = None,
    slices: Sequence[str] = (),
    skip_bad_rows: bool = False,
    bootstrap: int = 1000,
    seed: int = 0,
    trained_on: Path | None = None,
    curve: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> Evaluation:
    """The figures of a model on a corpus. Texts are read in batches; only numbers are kept of each.

    Parameters
    ----------
    slices : columns by whose values the corpus is also scored; ``role``, ``group``, ``heading``, ``file`` always exist
    trained_on : the corpus that the model was trained on, for the nearest example of each error; looked for beside model
        and corpus unless given
    curve : also what the model scores when it has seen a part of that corpus

    Raises
    ------
    CorpusUnusable : the corpus has errors, no label of the model, or no column of that name
    ModelUnusable : the folder holds no model, or one for another vocabulary
    """
    model = find_model(model)
    classifier, card = load_model(model), read_card(model)
    findings = Findings(corpus.name, skip_bad_rows)
    kind, examples = stream_examples(
        corpus, findings, columns=columns, taxonomy=taxonomy, known=spellings_of(classifier, card)
    )
    seen = _Seen(classifier, card, kind == "passages", slices, keep=curve)
    for batch in _batches(examples):
        seen.add(batch)
        progress(f"{seen.examples} texts")
    findings.stop_if_errors()
    if not seen.examples:
        findings.fatal("empty", "no usable example. Name another corpus.")
    if seen.chinese < MIN_CHINESE_SHARE * seen.examples:
        message = f"only {seen.chinese} of {seen.examples} texts are Chinese. Name the right column with --text."
        findings.fatal("wrong_language", message, column="text")
    for column in slices:
        if column not in seen.columns:
            message = f"no such column; there are {', '.join(sorted(seen.columns))}. Name another with --slice."
            findings.fatal("unknown_column", message, column=column)
    unknown = sorted(seen.unknown)
    warnings = findings.warnings()
    if unknown:
        warnings.append(f"labels that the model does not know, not scored: {', '.join(unknown[:20])}")
    figures: dict[str, Any] = {
        "model": {key: card[key] for key in ("name", "version", "sha256")},
        "corpus": {
            "name": corpus.name, "fingerprint": fingerprint_of(corpus), "examples": seen.examples,
            "groups": len(set(seen.groups)), "grouped": seen.grouped,
        },
        "heads": {}, "slices": {}, "warnings": warnings,
    }  # fmt: skip
    if card.get("corpus", {}).get("fingerprint") == figures["corpus"]["fingerprint"]:
        warnings.append(
            "this is the corpus that the model was trained on: the figures flatter it. Its card has honest ones."
        )
    for name in classifier.heads:
        part = seen.of(name)
        if not part.truth.any():
            warnings.append(f"head {name}: no example bears one of its classes, not scored")
            continue
        figures["heads"][name] = part.scores(slice(None), bootstrap, seed)
        figures["slices"][name] = {
            column: {
                value: part.scores(rows, bootstrap, seed) for value, rows in _slices(seen.sliced[column], part.rows)
            }
            for column in slices
        }
    if not figures["heads"]:
        raise CorpusUnusable(
            [Finding("error", "no_labels", f"no label of the model; it knows {_known(classifier)}.", corpus.name)]
        )
    origin = find_training_corpus(card, model, corpus, trained_on)
    learnt = read_training_corpus(origin, card, columns, taxonomy) if origin else None
    if curve:
        figures["curve"] = _curve(learnt, card, seen, corpus, progress)
    if seen.errors and learnt is None:
        name = card.get("corpus", {}).get("name")
        warnings.append(f"{name}, which the model was trained on, is not at hand: errors.csv shows no nearest example")
    return Evaluation(figures, card, errors_csv(seen.errors, learnt.examples if learnt else None))


def _curve(
    learnt: Corpus | None, card: dict[str, Any], seen: _Seen, corpus: Path, progress: Callable[[str], None]
) -> list[dict[str, Any]]:
    if learnt is None:
        message = f"--curve learns anew from {card.get('corpus', {}).get('name')}. Name that corpus with --trained-on."
        raise CorpusUnusable([Finding("error", "no_training", message, corpus.name)])
    settings = RunSettings(fit=FitSettings(**card["settings"]["fit"]))
    return learning_curve(learnt, seen.kept, settings, progress=progress)


def spellings_of(model: Classifier, card: dict[str, Any]) -> dict[str, str]:
    """How the labels of a model may be called in a corpus, its keys and its names, with the key that is meant."""
    known = labels_of(card)
    if "label" not in model.heads:
        return {key: key for aspect in known.aspects.values() for key in map(aspect.key, SCHEMES)}
    keys = model.heads["label"].classes
    named = {name: key for key in keys if key in known.own for name in (known.own[key].zh, known.own[key].en) if name}
    return named | {key: key for key in keys}


def write_evaluation(evaluation: Evaluation, out: Path, *, reads: Iterable[Path] = ()) -> list[Path]:
    """Write evaluation.json, evaluation.html, errors.csv and the plots as SVG into a folder; the paths come back.

    Those of an earlier evaluation are replaced. Raises ``OutputRefused`` where a file stands that is not ours, or is one
    of those that were read (``reads``).
    """
    figures, card = evaluation.figures, evaluation.card
    names = {
        head: {label: label_name(card, head, label) for label in scores["labels"]}
        for head, scores in figures["heads"].items()
    }
    plots = {
        head: {
            "labels": label_plot(scores, f"F1 · {head}", names[head]),
            "reliability": reliability_plot(scores, f"reliability · {head}"),
        }
        for head, scores in figures["heads"].items()
    }
    from markupsafe import Markup

    inline = {head: {kind: Markup(svg) for kind, svg in part.items()} for head, part in plots.items()}
    page = templates().get_template("evaluation.html").render(
        **figures, names=names, plots=inline, shown=shown, interval=interval, summary_lines=summary_lines
    )  # fmt: skip
    wrong = evaluation.errors.encode("utf-8", "replace")
    about = {**figures, "errors": {"file": ERRORS, "sha256": hashlib.sha256(wrong).hexdigest()}}
    figures_json = json.dumps({**about, "seal": BLANK}, ensure_ascii=False, indent=2) + "\n"
    files = {"evaluation.json": figures_json, "evaluation.html": f"{page.rstrip()}\n<!-- {BLANK} -->\n"}
    files |= {
        f"{head}-{kind}.svg": f"{svg.rstrip()}\n<!-- {BLANK} -->\n"
        for head, part in plots.items()
        for kind, svg in part.items()
    }
    for name in files:
        refuse_foreign_file(out / name, reads=reads)
    _refuse_changed_errors(out)
    out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        write_text(out / name, sealed(content))
    replace_file(out / ERRORS, partial(_put, data=wrong))
    for plot in out.glob("*.svg"):  # of a model with other heads
        if plot.name not in files and is_sealed(plot):
            plot.unlink()
    return [out / name for name in (*files, ERRORS)]


def _put(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _refuse_changed_errors(out: Path) -> None:
    """A sheet of errors that somebody has worked on is not ours any more: evaluation.json holds the digest of ours."""
    sheet, figures = out / ERRORS, out / "evaluation.json"
    if not sheet.exists():
        return
    written = json.loads(figures.read_bytes()).get("errors", {}).get("sha256") if is_sealed(figures) else None
    if sheet.is_dir() or hashlib.sha256(sheet.read_bytes()).hexdigest() != written:
        raise OutputRefused(f"{sheet}: is not what this program wrote there. Move it away, or choose another folder.")


@dataclass(frozen=True, slots=True)
class _Part:
    """Truth and prediction of one head, on the examples (``rows`` of the corpus) that say something about it."""

    classes: tuple[str, ...]
    exclusive: bool
    rows: Any
    truth: Any
    chosen: Any
    chance: Any
    groups: list[str]

    def scores(self, rows: Any, bootstrap: int, seed: int) -> dict[str, Any]:
        groups = self.groups[rows] if isinstance(rows, slice) else [self.groups[row] for row in rows]
        return score_head(
            self.truth[rows], self.chosen[rows], self.chance[rows], groups, self.classes,
            exclusive=self.exclusive, bootstrap=bootstrap, seed=seed,
        )  # fmt: skip


class _Seen:
    """What is kept of the examples gone by: truth, probabilities, groups and the columns to slice by."""

    def __init__(
        self, model: Classifier, card: dict[str, Any], in_passages: bool, slices: Sequence[str], *, keep: bool
    ) -> None:
        self.model, self.in_passages, self.labels = model, in_passages, labels_of(card)
        self.best_from: dict[str, float | None] = card.get("accept_best_from", {})
        self.keep, self.kept, self.errors = keep, list[Example](), list[Error]()
        self.examples = self.chinese = 0
        self.grouped = True
        self.groups: list[str] = []
        self.columns: set[str] = {"role", "group", "heading", "file"}
        self.sliced: dict[str, list[str]] = {column: [] for column in slices}
        self.unknown: set[str] = set()
        self.parts: dict[str, list[tuple[Any, Any, Any, Any]]] = {name: [] for name in model.heads}

    def add(self, batch: list[Example]) -> None:
        """Predict a batch, and remember the numbers."""
        texts = [clean_statement(example.text) for example in batch]
        chances = self.model.probabilities(texts)
        named: set[str] = set()
        for head in self.model.heads.values():
            target, chance = truth_for(head, batch, self.labels), chances[head.name]
            if head.name == "role" and uses_order(self.model):
                chance = roles_in_order(chance, batch, texts, self.model.order, in_passages=self.in_passages)
            least = self.best_from.get(head.name)
            chosen = choose(chance, head.thresholds, exclusive=head.exclusive, abstains_below=least)
            rows = np.flatnonzero(target.rows)
            self.parts[head.name].append(
                (rows + self.examples, target.truth[rows], chosen[rows], chance[rows].astype(np.float32))
            )
            self._note_errors(batch, head, target, chosen, chance)
            if head.name == "label":
                named.update(head.classes)
        if named:
            self.unknown.update(label for example in batch for label in example.labels if label not in named)
        if self.keep:
            self.kept += batch
        for example in batch:
            self.grouped &= example.group is not None
            self.groups.append(example.group or f"{example.file}:{example.row}")
            self.columns.update(example.extra)
            self.chinese += HAN.search(example.text) is not None
            for column, values in self.sliced.items():
                values.append(example.value(column))
        self.examples += len(batch)

    def _note_errors(self, batch: list[Example], head: Head, target: Target, chosen: Any, chance: Any) -> None:
        for at in np.flatnonzero(target.rows & (chosen != target.truth).any(axis=1))[: MAX_ERRORS - len(self.errors)]:
            given, said = (
                tuple(c for c, on in zip(head.classes, part[at], strict=True) if on) for part in (target.truth, chosen)
            )
            order = np.argsort(-chance[at], kind="stable")[:SHOWN_SCORES]
            scores = {head.classes[k]: round(float(chance[at, k]), 4) for k in order}
            self.errors.append(Error(batch[at], head.name, given, said, scores))

    def of(self, head: str) -> _Part:
        """All that was seen of one head."""
        about = self.model.heads[head]
        rows, truth, chosen, chance = (np.concatenate(part) for part in zip(*self.parts[head], strict=True))
        groups = [self.groups[row] for row in rows]
        return _Part(about.classes, about.exclusive, rows, truth, chosen, chance.astype(float), groups)


def _batches(examples: Iterator[Example]) -> Iterator[list[Example]]:
    """About ``BATCH`` examples at a time; those of one file and row (a passage) stay together."""
    batch: list[Example] = []
    for _, run in groupby(examples, key=lambda example: (example.file, example.row)):
        batch += run
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _slices(values: list[str], rows: Any) -> Iterator[tuple[str, list[int]]]:
    """The values of a column with the places (in ``rows``) that have them; the most frequent when there are many."""
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(values[row], []).append(place)
    frequent = sorted(places, key=lambda value: -len(places[value]))[:MAX_SLICES]
    for value in sorted(frequent):
        yield value, places[value]


def _known(model: Classifier) -> str:
    names = [name for head in model.heads.values() for name in head.classes]
    return ", ".join(names[:20]) + (" …" if len(names) > 20 else "")
