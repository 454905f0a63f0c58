"""Train a classifier on a corpus and write it with its card: the path from examples to a model."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from nlp.labelling.classifier import Classifier, Order
from nlp.labelling.label import clean_statement
from nlp.labelling.pairing import FILE as PAIRING
from nlp.labelling.store import ModelUnusable, load_model, note_files, refuse_foreign_model, save_model
from nlp.labelling.trained import ROLES
from nlp.narrative.cutting import FILE as CUTTING
from nlp.output.whole import write_text
from nlp.records import OutputRefused
from training.card import about_training, comparison_of, readme
from training.corpus import read_passages, theme_of
from training.cutting import learn_cutting
from training.doubts import find_doubts
from training.examples import Corpus
from training.fit import Fitted, Target, fit
from training.heads import abstains_below, targets_of
from training.near import Pair, find_near_duplicates, join_groups
from training.order import learn_order
from training.pairs import learn_pairing
from training.records import CorpusUnusable, Finding
from training.scores import choose, score_head
from training.sequence import roles_in_order, uses_order
from training.settings import RunSettings, read_settings
from training.suspects import find_suspects, suspects_csv


@dataclass(frozen=True, slots=True)
class Training:
    """A model on disk: the classifier, its card, where it lies, and what to tell whoever trained it."""

    model: Classifier
    card: dict[str, Any]
    folder: Path
    warnings: tuple[str, ...]


def train(
    corpus: Corpus,
    out: Path,
    *,
    settings: RunSettings | None = None,
    name: str | None = None,
    version: str | None = None,
    force: bool = False,
    progress: Callable[[str], None] = lambda step: None,
) -> Training:
    """Train the heads of a corpus, measure them on unseen groups, and write model, card, README.md and suspects.csv.

    This project's labels give the heads ``role`` and ``aspect``; any other corpus the head ``label`` (exclusive when
    each example bears exactly one), and ``role`` if it has roles. The same corpus, settings and seed give the same
    weights, byte for byte. The folder ``out`` appears when all is done. Texts and their features are held in memory: 60,000 statements of 33 labels took 1 GB and 4 minutes on one core.

    Parameters
    ----------
    name, version : what ``Label.origin`` shows; by default the name of ``out`` and the corpus's fingerprint, shortened
    force : replace an earlier model in ``out``, if nobody has changed it since and nothing else lies there
    progress : told what is being done

    Raises
    ------
    CorpusUnusable : nothing to tell apart, fewer groups than folds
    OutputRefused : ``out`` is there (without ``force``), or is something else than a model that ``train`` wrote
    """
    settings = settings or read_settings()
    _check_folder(out, corpus, force=force)
    warnings = list(corpus.warnings)
    targets = _learnable(targets_of(corpus), corpus, warnings)
    progress(f"cleaning {len(corpus.examples)} texts")
    texts = [clean_statement(example.text) for example in corpus.examples]
    progress("looking for near-duplicates")
    pairs = find_near_duplicates(texts, jaccard=settings.report.near_duplicate)
    groups = _groups(corpus, texts, pairs)
    number = len(set(groups))
    if number < settings.fit.folds:
        message = f"{number} groups for {settings.fit.folds} folds. Add documents, or lower --folds (at least 2)."
        raise CorpusUnusable([Finding("error", "few_groups", message, corpus.name)])
    name, version = name or out.resolve().name, version or corpus.fingerprint[:8]
    progress(f"fitting {', '.join(target.name for target in targets)} in {settings.fit.folds} folds")
    try:
        fitted = fit(texts, targets, groups, settings.fit, name=name, version=version)
    except ValueError as error:
        raise CorpusUnusable([Finding("error", "unfit", str(error), corpus.name)]) from error
    model = replace(fitted.classifier, order=_order(corpus, targets))
    progress("measuring")
    scores = _scores(corpus, texts, targets, groups, fitted, model, settings)
    warnings += find_doubts(corpus, targets, pairs, groups, settings)
    thresholds = {head.name: head.thresholds for head in model.heads.values()}
    suspects = find_suspects(corpus.examples, targets, fitted.out_of_fold, thresholds, settings.report.suspects)
    if suspects:
        warnings.append(f"{len(suspects)} labels may be wrong: read them in suspects.csv")
    about = about_training(corpus, len(set(groups)), targets, settings, scores, warnings)
    progress(f"writing {out}")
    card = _write(model, out, about, suspects_csv(suspects), corpus)
    return Training(model, card, out, tuple(warnings))


def _check_folder(out: Path, corpus: Corpus, *, force: bool) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise OutputRefused(f"{out} is no folder. Name a folder with --out.")
    if not out.is_dir() or not any(out.iterdir()):
        return
    refuse_foreign_model(out)
    if not force:
        raise OutputRefused(f"{out} holds a model. Replace it with --force, or name a new folder with --out.")
    inside = [file for file in corpus.files if out.resolve() in file.resolve().parents]
    if inside:
        raise OutputRefused(f"{inside[0]} is read and lies in {out}, which would be replaced. Name another folder.")


def _learnable(targets: list[Target], corpus: Corpus, warnings: list[str]) -> list[Target]:
    """The targets without classes that no example, or every one, bears."""
    kept = []
    for target in targets:
        borne = target.truth[target.rows].sum(axis=0)
        constant = [c for c, n in zip(target.classes, borne, strict=True) if n in (0, int(target.rows.sum()))]
        warnings += [f"{target.name} {c}: borne by every example, nothing to learn: left out" for c in constant]
        columns = [at for at, c in enumerate(target.classes) if c not in constant]
        if len(columns) > (1 if target.exclusive else 0):
            classes = tuple(target.classes[at] for at in columns)
            kept.append(replace(target, classes=classes, truth=target.truth[:, columns]))
    if not kept:
        message = "every example bears the same labels. There is nothing to tell apart: add others."
        raise CorpusUnusable([Finding("error", "one_class", message, corpus.name)])
    used = {label for example in corpus.examples for label in example.labels}
    warnings += [f"label {label} of the taxonomy: no example, left out" for label in corpus.labels if label not in used]
    return kept


def _groups(corpus: Corpus, texts: list[str], pairs: list[Pair]) -> list[str]:
    """What is kept together in folds: of passages whole themes, so that a kind of text is judged by models that never saw it.

    Families of one theme share their habits of wording, and scores of families kept apart hardly predict real text.
    Without groups of the corpus's own, near-duplicates stay together.
    """
    if corpus.format == "passages":
        return [theme_of(example.group or "") for example in corpus.examples]
    if corpus.grouped:
        return [example.group or "" for example in corpus.examples]
    first: dict[str, str] = {}
    for at, text in enumerate(texts):
        first.setdefault(text, f"row {at}")
    alone = [example.group or first[text] for example, text in zip(corpus.examples, texts, strict=True)]
    return join_groups(alone, pairs)


def _order(corpus: Corpus, targets: list[Target]) -> Order | None:
    """What the order of passages tells about roles; nothing where the corpus has no passages."""
    role = next((target for target in targets if target.name == "role"), None)
    if corpus.format != "passages" or role is None or role.classes != ROLES:
        return None
    try:
        return learn_order([passage for file in corpus.files for passage in read_passages(file)])
    except ValueError as error:
        raise CorpusUnusable([Finding("error", "passage", str(error), corpus.name)]) from None


def _scores(
    corpus: Corpus,
    texts: list[str],
    targets: list[Target],
    groups: list[str],
    fitted: Fitted,
    model: Classifier,
    settings: RunSettings,
) -> dict[str, Any]:
    """The figures of each head on the folds that did not hold a text."""
    scores = {}
    for target in targets:
        head, chance = model.heads[target.name], fitted.out_of_fold[target.name]
        if target.name == "role" and uses_order(model):
            in_passages = corpus.format == "passages"
            placed = roles_in_order(chance, corpus.examples, texts, model.order, in_passages=in_passages)
            chance = placed.astype(np.float64)
        least = abstains_below(target)
        chosen = choose(chance, head.thresholds, exclusive=head.exclusive, abstains_below=least)
        rows = np.flatnonzero(target.rows)
        scores[target.name] = score_head(
            target.truth[rows],
            chosen[rows],
            chance[rows],
            [groups[row] for row in rows],
            target.classes,
            exclusive=target.exclusive,
            bootstrap=settings.report.bootstrap,
            seed=settings.fit.seed,
        )
    return scores


def _write(model: Classifier, out: Path, about: dict[str, Any], suspects: str, corpus: Corpus) -> dict[str, Any]:
    """Write the folder under a temporary name and put it in place, never half a model. The card comes back."""
    temporary, old = (out.with_name(f".{out.name}.{os.getpid()}.{kind}") for kind in ("new", "old"))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        save_model(model, temporary, about)
        if corpus.format == "passages":
            passages = [passage for file in corpus.files for passage in read_passages(file)]
            learn_cutting(passages).save(temporary / CUTTING)
            learn_pairing(passages).save(temporary / PAIRING)
        card: dict[str, Any] = json.loads((temporary / "card.json").read_text(encoding="utf-8"))
        write_text(temporary / "README.md", "\n".join(filter(None, (readme(card), comparison_of(out / "README.md")))))
        write_text(temporary / "suspects.csv", suspects)
        shutil.copymode(temporary / "card.json", temporary / "weights.safetensors")  # written for the owner alone
        card = note_files(temporary)
        load_model(temporary)
        if out.exists():
            out.rename(old)
        temporary.rename(out)
    except ModelUnusable as error:
        message = f"the model cannot be used ({error}). If it is too large, raise min_documents in a --settings file."
        raise OutputRefused(message) from None
    except OSError as error:
        if old.exists() and not out.exists():
            old.rename(out)
        raise OutputRefused(f"{out}: cannot write ({error.strerror}). Choose another folder with --out.") from None
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)
    return card
