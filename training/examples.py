"""Read a labelled corpus of any supported form into examples, and say clearly what is wrong with it."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from training.columns import Columns
from training.encoding import HAN
from training.formats.sniff import READERS, SUFFIXES, find_format
from training.joined import Joined
from training.records import Example, Finding, Findings
from training.taxonomy import Taxonomy

MIN_EXAMPLES = 20
MIN_CHINESE_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Corpus:
    """Examples with what is known of them as a whole.

    ``format`` is the form they came in (a name of ``READERS``); ``labels`` are the taxonomy's, or those found, by
    falling frequency; ``warnings`` say what was put right or looks odd; ``fingerprint`` belongs to the bytes.
    """

    name: str
    format: str
    fingerprint: str
    examples: tuple[Example, ...]
    labels: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    taxonomy: Taxonomy | None = None
    files: tuple[Path, ...] = ()

    @property
    def grouped(self) -> bool:
        """Whether every example names its group."""
        return all(example.group for example in self.examples)


def read_corpus(
    path: Path,
    *,
    columns: Columns | None = None,
    taxonomy: Taxonomy | None = None,
    skip_bad_rows: bool = False,
    min_examples: int = MIN_EXAMPLES,
    min_labels: int = 2,
) -> Corpus:
    """The corpus in a file, or in all files of a folder, of any supported form.

    Formats: the project's passages, CSV, TSV and Excel sheets, doccano, Label Studio, Prodigy, spaCy DocBin. All
    examples are held in memory (about 1 kB each); to go through a larger corpus row by row use ``stream_examples``.

    Parameters
    ----------
    columns : names of the columns for text, label, role, group and heading where they are unusual
    taxonomy : the labels that may occur; without it, those that are found
    skip_bad_rows : leave out rows that cannot be used, with a warning, instead of giving up
    min_examples, min_labels : how many there must be at least

    Raises
    ------
    CorpusUnusable : with all findings, each naming file, row and column
    """
    findings = Findings(path.name, skip_bad_rows)
    kind, read = _read_files(path, findings, columns=columns, taxonomy=taxonomy)
    apart = (
        _of_known(read, taxonomy.spellings(), findings, columns) if taxonomy else _apart(list(read), findings, columns)
    )
    kept = tuple(_without_conflicts(_checked(apart, findings, taxonomy), findings))
    findings.stop_if_errors()
    found = Counter(label for example in kept for label in example.labels)
    classes = found or Counter(example.role for example in kept if example.role)
    if len(kept) < min_examples:
        findings.fatal("too_few", f"{len(kept)} usable examples; at least {min_examples} are needed. Label more.")
    if len(classes) < min_labels:
        only = f"only the label {next(iter(classes))}" if classes else "no label at all"
        findings.fatal("one_class", f"{only} in {len(kept)} examples. There is nothing to tell apart: add others.")
    _warn_of_language(kept, findings)
    findings.stop_if_errors()
    files = tuple(corpus_files(path, findings))
    labels = tuple(taxonomy.names) if taxonomy else tuple(label for label, _ in found.most_common())
    return Corpus(path.name, kind, fingerprint_of(path), kept, labels, tuple(findings.warnings()), taxonomy, files)


def stream_examples(
    path: Path,
    findings: Findings,
    *,
    columns: Columns | None = None,
    taxonomy: Taxonomy | None = None,
    known: Mapping[str, str] | None = None,
) -> tuple[str, Iterator[Example]]:
    """Name of the format, and the examples one at a time as they are read and checked.

    Memory stays flat for passages, doccano, CSV, TSV and Label Studio. A DocBin is in memory as a whole, an Excel
    workbook with its list of strings, and Prodigy's single-label answers until all lines of a text are together.
    Conflicts between rows are not looked for. Errors are in ``findings`` when the iterator ends.

    Parameters
    ----------
    known : how labels may be called besides the taxonomy's, with the id that is meant

    Raises
    ------
    CorpusUnusable : at once for what concerns the whole file
    """
    kind, read = _read_files(path, findings, columns=columns, taxonomy=taxonomy)
    spellings = frozenset(known or ()) | (taxonomy.spellings() if taxonomy else frozenset())
    checked = _checked(_of_known(read, spellings, findings, columns), findings, taxonomy)
    return kind, (_meant(example, known) for example in checked) if known else checked


def _meant(example: Example, known: Mapping[str, str]) -> Example:
    labels = tuple(dict.fromkeys(known.get(label, label) for label in example.labels))
    return example if labels == example.labels else replace(example, labels=labels)


def _apart(examples: list[Example], findings: Findings, columns: Columns | None) -> Iterator[Example]:
    """Examples with several labels of one cell taken apart, by what stands alone elsewhere."""
    joined = Joined(findings, separator=columns.joined if columns else None)
    joined.study(examples)
    return joined.apart(examples)


def _of_known(
    examples: Iterable[Example], known: frozenset[str], findings: Findings, columns: Columns | None
) -> Iterator[Example]:
    """The same by the labels that there are."""
    return Joined(findings, known, columns.joined if columns else None).apart(examples)


def _read_files(
    path: Path, findings: Findings, *, columns: Columns | None, taxonomy: Taxonomy | None
) -> tuple[str, Iterator[Example]]:
    """Name of the format, and the examples as they stand in the files."""
    files = corpus_files(path, findings)
    columns = replace(columns or Columns(), labels=taxonomy.spellings() if taxonomy else frozenset())
    kinds = []
    for file in files:
        findings.file = file.name
        kinds.append(find_format(file, findings))
    if len({kind for kind, _ in kinds}) > 1:
        findings.file = path.name
        findings.fatal(
            "formats", f"files of several forms ({', '.join(sorted({k for k, _ in kinds}))}). Name one file."
        )

    def examples() -> Iterator[Example]:
        for file, (kind, encoding) in zip(files, kinds, strict=True):
            findings.file = file.name
            yield from READERS[kind](file, encoding, columns, findings)

    return kinds[0][0], examples()


def corpus_files(path: Path, findings: Findings) -> list[Path]:
    """The file itself, or the files of a folder that look like a corpus, in order of their names."""
    if path.is_dir():
        files = sorted(p for p in path.iterdir() if p.suffix in SUFFIXES and p.is_file() and not p.name.startswith("."))
        if not files:
            findings.fatal("empty", f"no corpus in this folder. It must hold {', '.join(sorted(SUFFIXES))} files.")
        return files
    if not path.is_file():
        findings.fatal("missing", "no such file. Name a corpus file or a folder of them.")
    return [path]


def fingerprint_of(path: Path) -> str:
    """First 16 hexadecimal digits of the SHA-256 of the bytes: which corpus a model or a score belongs to."""
    digest = hashlib.sha256()
    for file in corpus_files(path, Findings(path.name)):
        with file.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    return digest.hexdigest()[:16]


def _checked(examples: Iterable[Example], findings: Findings, taxonomy: Taxonomy | None) -> Iterator[Example]:
    """The examples with their labels stripped and known, without those that cannot be used."""
    known = _Labels(taxonomy)
    for example in examples:
        row = example.row
        findings.file = example.file or findings.file
        if example.skipped:
            findings.warn("skipped", "skipped by the annotator: left out.", row=row)
            continue
        if not example.text.strip():
            message = "the text is empty. Fill it in, delete the row, or use --skip-bad-rows."
            findings.bad_row("empty_text", message, row=row, column="text")
            continue
        labels = tuple(dict.fromkeys(label.strip() for label in example.labels))
        if labels != example.labels:
            spaced = next((label for label in example.labels if label != label.strip()), example.labels[0])
            findings.warn(
                "label_spaces", f"label {spaced!r} has white space around it: stripped.", row=row, column="label"
            )
        meant = tuple(known.id_of(label) for label in labels)
        if None in meant:
            wrong = labels[meant.index(None)]
            message = (
                f"label {wrong!r} is not in the taxonomy.{known.suggestion(wrong)} Mend it, or add it to the taxonomy."
            )
            findings.bad_row("unknown_label", message, row=row, column="label")
            continue
        labels = tuple(dict.fromkeys(str(label) for label in meant))
        if not HAN.search(example.text):
            findings.warn("not_chinese", f"no Chinese character in {example.text[:30]!r}.", row=row, column="text")
        yield example if labels == example.labels else replace(example, labels=labels)


@dataclass(slots=True)
class _Labels:
    taxonomy: Taxonomy | None
    known: dict[str, str | None] = field(default_factory=dict)

    def id_of(self, label: str) -> str | None:
        if self.taxonomy is None:
            return label
        if label not in self.known:
            self.known[label] = self.taxonomy.id_of(label)
        return self.known[label]

    def suggestion(self, label: str) -> str:
        near = difflib.get_close_matches(label, list(self.taxonomy.names if self.taxonomy else ()), n=1)
        return f" Did you mean {near[0]}?" if near else ""


def _without_conflicts(examples: Iterable[Example], findings: Findings) -> Iterator[Example]:
    """The examples; a text that comes again under the same heading with other labels is a bad row."""
    seen: dict[bytes, tuple[frozenset[str], str | None, str, int]] = {}
    for example in examples:
        key = hashlib.blake2b(
            f"{example.heading}\0{example.text.strip()}".encode("utf-8", "replace"), digest_size=12
        ).digest()
        judged = (frozenset(example.labels), example.role)
        before = seen.setdefault(key, (*judged, example.file, example.row))
        if before[:2] == judged:
            yield example
            continue
        there, here = (
            f"{', '.join(sorted(j[0])) or 'no label'}{f' ({j[1]})' if j[1] else ''}" for j in (before, judged)
        )
        findings.file = example.file or findings.file
        where = f"row {before[3]}" if before[2] == example.file else f"{before[2]}:{before[3]}"
        message = f"{example.text.strip()[:20]!r} is {here} here and {there} in {where}. Settle which is right."
        findings.bad_row("conflict", message, row=example.row, column="label")


def _warn_of_language(examples: tuple[Example, ...], findings: Findings) -> None:
    chinese = sum(1 for example in examples if HAN.search(example.text))
    if chinese < MIN_CHINESE_SHARE * len(examples):
        message = f"only {chinese} of {len(examples)} texts are Chinese. Name the right column with --text."
        finding = Finding("error", "wrong_language", message, findings.file, None, "text")
        findings.counts["error", finding.code] += 1
        findings.kept.append(finding)
