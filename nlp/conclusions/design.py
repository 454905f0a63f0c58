"""The design of a sample: what it was drawn from, how, and with which probability each unit; as JSON beside the sheet."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from nlp.labelling.taxonomy import LabelName
from nlp.output.whole import write_text

Unit = Literal["statement", "report"]
FORMAT = 1
SUFFIX = ".design.json"


class SampleUnusable(Exception):
    """A sample that cannot be drawn, read or used with these tags. The message says what, where and what to do."""


class Stratum(msgspec.Struct, frozen=True):
    """Units with the same values of the stratifying columns; ``None`` is a value that the report does not tell.

    A unit of size x was drawn with probability min(1, x × ``factor``).
    """

    values: tuple[str | None, ...]
    units: int
    drawn: int
    factor: float


class Drawn(msgspec.Struct, frozen=True):
    """A row of the sheet: one statement, drawn with ``probability``.

    In a sample of reports the probability is the report's, and all its statements of the frame are in the sheet.
    ``sheets`` are the numbers of the sheets, from 0, that hold the row.
    """

    id: str
    report_id: str
    statement_id: int
    stratum: int
    probability: float
    sheets: tuple[int, ...] = (0,)


class Sheet(msgspec.Struct, frozen=True):
    """A file that was written for an annotator, by its name and the SHA-256 of what was written."""

    name: str
    sha256: str


class DrawnReport(msgspec.Struct, frozen=True):
    """A report of a sample of reports; one without a statement of the frame has no row in the sheet."""

    report_id: str
    stratum: int
    probability: float


class Design(msgspec.Struct, frozen=True, kw_only=True):
    """How a sample was drawn.

    ``roles`` are the roles, as the model sees them, whose statements make the frame; ``by`` the columns of ``reports``
    that make the strata. ``fingerprint`` tells these tags from others: it is made of the units of the frame.
    """

    format: int = FORMAT
    gongkai: str
    unit: Unit
    roles: tuple[str, ...]
    by: tuple[str, ...]
    seed: int
    uncertain: bool
    blind: bool
    units: int
    reports: int
    fingerprint: str
    strata: tuple[Stratum, ...]
    taxonomy: tuple[LabelName, ...]
    rows: tuple[Drawn, ...]
    drawn_reports: tuple[DrawnReport, ...] = ()
    sheets: tuple[Sheet, ...] = ()


def design_path(sheet: Path) -> Path:
    """Where the design of a sheet lies: ``sample.xlsx``, ``sample.2.xlsx`` → ``sample.design.json``.

    >>> design_path(Path("a/sample.2.xlsx")).as_posix()
    'a/sample.design.json'
    """
    stem = sheet.name.removesuffix(sheet.suffix)
    name, _, number = stem.rpartition(".")
    return sheet.with_name((name if name and number.isdecimal() else stem) + SUFFIX)


def design_of(sheets: Sequence[Path]) -> Design:
    """The design that covers all these sheets: of sheets that were drawn one after the other, the last one's.

    Raises
    ------
    SampleUnusable : a design is missing, or the sheets are of samples that have nothing to do with each other
    """
    designs = {path: read_design(path) for path in dict.fromkeys(design_path(sheet) for sheet in sheets)}
    place, whole = max(designs.items(), key=lambda item: len(item[1].rows))
    known = {row.id: (row.report_id, row.statement_id) for row in whole.rows}
    for path, design in designs.items():
        if any(known.get(row.id) != (row.report_id, row.statement_id) for row in design.rows):
            raise SampleUnusable(f"{path}: another sample than {place}. Give the sheets of one sample.")
    return whole


def write_design(design: Design, path: Path) -> None:
    """Write the design as JSON."""
    write_text(path, msgspec.json.format(msgspec.json.encode(design), indent=1).decode() + "\n")


def read_design(path: Path) -> Design:
    """The design in a file.

    Raises
    ------
    SampleUnusable : the file is missing, damaged, or of another version
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Design)
    except FileNotFoundError:
        raise SampleUnusable(
            f"{path}: missing. It tells how the sample was drawn: put the file that `gongkai sample` wrote beside the sheet."
        ) from None
    except OSError as error:
        raise SampleUnusable(f"{path}: cannot be read ({error.strerror}). Look at its permissions.") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SampleUnusable(
            f"{path}: not a design of a sample, or of another version ({error}). Copy the file again that `gongkai sample` wrote."
        ) from None


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
