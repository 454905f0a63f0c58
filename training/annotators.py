"""What several persons say of the same texts: one file each, or one export that holds them all."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from training.columns import Columns
from training.examples import stream_examples
from training.formats.sniff import SUFFIXES
from training.joined import Joined
from training.records import CorpusUnusable, Example, Finding, Findings
from training.taxonomy import Taxonomy

IDS = ("gongkai_id", "id", "编号", "sample_id", "task_id")


@dataclass(frozen=True, slots=True)
class Said:
    """What one person says of a text."""

    role: str | None
    labels: frozenset[str]

    def shown(self) -> str:
        """The labels in one cell."""
        return "|".join(sorted(self.labels))


@dataclass(frozen=True, slots=True)
class Item:
    """A text with what each person who judged it says, by name."""

    key: str
    example: Example
    said: Mapping[str, Said]

    @property
    def settled(self) -> bool:
        """Whether all who judged it say the same."""
        return len(set(self.said.values())) == 1


@dataclass(frozen=True, slots=True)
class Judgements:
    """The items in the order of the first file, the persons, and what looked odd."""

    items: tuple[Item, ...]
    persons: tuple[str, ...]
    warnings: tuple[str, ...] = field(default=())

    def doubled(self) -> list[Item]:
        """The items that several persons judged."""
        return [item for item in self.items if len(item.said) > 1]


def read_judgements(
    paths: Sequence[Path], *, columns: Columns | None = None, taxonomy: Taxonomy | None = None
) -> Judgements:
    """What each person says, of files in any form that ``train`` reads.

    Several files: one a person, called by their names. One file, folder or archive (.zip): an export of Label Studio
    with several annotations a task, or of doccano with a file a person. Texts are the same when they have the same id
    (a column ``gongkai_id``, ``id``, ``编号`` …, where all files have it), otherwise when heading and text are the same.

    Raises
    ------
    CorpusUnusable : a file cannot be used, fewer than two persons, no text that two of them judged
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        by_person, warnings = _by_person(paths, Path(folder), columns or Columns(), taxonomy)
    if len(by_person) < 2:
        only = next(iter(by_person), "nobody")
        raise _unusable(
            paths[0], f"only {only} labelled. Name a file for each person, or an export that holds several."
        )
    name = _id_column(by_person)
    first: dict[str, Example] = {}
    said: dict[str, dict[str, Said]] = {}
    for person, examples in by_person.items():
        for example in examples:
            key = example.extra[name] if name else f"{example.heading}\0{example.text.strip()}"
            first.setdefault(key, example)
            told = said.setdefault(key, {})
            if person in told:
                where = f"{example.file}:{example.row}"
                raise _unusable(
                    paths[0], f"{where}: {person} judged {example.text[:20]!r} twice. Keep one of the rows."
                )
            told[person] = Said(example.role, frozenset(example.labels))
    items = tuple(Item(key if name else str(at), first[key], said[key]) for at, key in enumerate(said, start=1))
    found = Judgements(items, tuple(by_person), tuple(warnings))
    if not found.doubled():
        how = f"the column {name}" if name else "heading and text"
        raise _unusable(
            paths[0], f"no text that two persons judged (texts are matched by {how}). Name files of one sample."
        )
    return found


def _by_person(
    paths: Sequence[Path], folder: Path, columns: Columns, taxonomy: Taxonomy | None
) -> tuple[dict[str, list[Example]], list[str]]:
    several = len(paths) > 1
    if not several:
        paths = _files_of(paths[0], folder)
        several = len(paths) > 1
    found: dict[str, list[Example]] = {}
    warnings: list[str] = []
    everything: list[tuple[str, Findings, list[Example]]] = []
    for path in paths:
        findings = Findings(path.name)
        wanted = replace(columns, every_annotator=not several)
        _, examples = stream_examples(path, findings, columns=wanted, taxonomy=taxonomy)
        kept = list(examples)
        findings.stop_if_errors()
        name = path.stem if path.stem not in found else str(path)
        everything.append((name, findings, kept))
        found[name] = []
    joined = Joined(Findings(""), separator=columns.joined)
    joined.study(example for _, _, kept in everything for example in kept)
    result: dict[str, list[Example]] = {}
    for name, findings, kept in everything:
        for example in joined.apart(kept) if taxonomy is None else kept:
            person = name if several else example.annotator or name
            result.setdefault(person, []).append(example)
        warnings += findings.warnings()
    return result, warnings + joined.findings.warnings()


def _files_of(path: Path, folder: Path) -> list[Path]:
    """The files of a folder or an archive; any other file by itself."""
    if path.is_file() and zipfile.is_zipfile(path) and path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                name = Path(info.filename).name
                if not info.is_dir() and Path(name).suffix in SUFFIXES and not name.startswith("."):
                    if info.file_size > 1 << 28:
                        raise _unusable(path, f"{name} is larger than 256 MB. Take it out and name it by itself.")
                    (folder / name).write_bytes(archive.read(info))
        path = folder
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix in SUFFIXES and not file.name.startswith("."))
        if not files:
            raise _unusable(path, f"no corpus in it. It must hold {', '.join(sorted(SUFFIXES))} files.")
        return files
    return [path]


def _id_column(by_person: Mapping[str, Sequence[Example]]) -> str | None:
    """The first of ``IDS`` that every row of every file has, each value once for a person."""
    for name in IDS:
        values = [[example.extra.get(name, "") for example in examples] for examples in by_person.values()]
        if all(all(given) and len(set(given)) == len(given) for given in values):
            return name
    return None


def _unusable(path: Path, message: str) -> CorpusUnusable:
    return CorpusUnusable([Finding("error", "persons", message, path.name)])
