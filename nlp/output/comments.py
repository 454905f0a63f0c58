"""Comments in a Word document, each at its place; everything else of the document stays as it is, byte for byte."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from posixpath import basename, dirname, join
from typing import Protocol
from xml.sax.saxutils import escape

from nlp.output.word_runs import Letter, Run, align, as_utf8, find_letters, letters_of
from nlp.reading.documents import read_document
from nlp.reading.packages import Package
from nlp.reading.word.read import main_part
from nlp.records import ReportUnreadable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
COMMENTS_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
AUTHOR, INITIALS = "公开检查", "检"
ALSO = "同一问题，见前一批注。 The same as the comment before."
MAX_PLACES = 3  # of one finding; a sum of fourteen cells needs no fourteen comments
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
RUN_START = re.compile(rb"<((?:[\w.\-]+:)?)r\b")
RUN_END = re.compile(rb"</(?:[\w.\-]+:)?t\s*>\s*</(?:[\w.\-]+:)?r\s*>")
COMMENT_ID = re.compile(rb"<(?:\w+:)?comment\b[^>]*?\b(?:\w+:)?id=[\"'](\d+)[\"']")
ROOT_END = re.compile(rb"</(?:\w+:)?(\w+)\s*>\s*\Z")


class Note(Protocol):
    """A comment: its text, and the ranges of the report's text that it is about."""

    @property
    def text(self) -> str: ...

    @property
    def spans(self) -> Sequence[tuple[int, int]]: ...


@dataclass(frozen=True, slots=True)
class _Placed:
    """A comment with its id, from its first to its last letter."""

    id: int
    text: str
    first: int
    last: int


def with_comments(data: bytes, name: str, notes: Sequence[Note]) -> bytes:
    """The ``.docx`` with a comment for each note.

    A note about several places has its text at the first and a reference at two more; a note about no place, or one that
    is not printed in the document's body, stands at the beginning.

    Raises
    ------
    ReportUnreadable : the document cannot be read, or has no text to comment on
    """
    source = read_document(data, name)
    package = Package(data, name)
    part = main_part(package)
    if source is None or part is None:
        raise ReportUnreadable("unsupported_format", f"{name}: is no Word document.", "Save it as .docx.")
    xml = as_utf8(package.read(part))
    letters = find_letters(xml)
    if not letters:
        raise ReportUnreadable("no_text", f"{name}: has no text to comment on.", "Open it in Word and save it anew.")
    aligned = align(source, letters)
    known = package.read(join(dirname(part), "comments.xml"))
    placed = _place(notes, letters, aligned, first_id=1 + max(map(int, COMMENT_ID.findall(known)), default=-1))
    changed = {part: _marked(xml, letters, placed)} | _comment_parts(package, part, placed)
    return _rewritten(data, changed)


def _place(
    notes: Sequence[Note], letters: Sequence[Letter], aligned: dict[int, int], *, first_id: int
) -> list[_Placed]:
    places = sorted(aligned)
    placed: list[_Placed] = []
    for note in notes:
        found = [pair for span in note.spans if (pair := letters_of(span, aligned, places))]
        for number, (first, last) in enumerate(found[:MAX_PLACES] or [(0, 0)]):
            placed.append(_Placed(first_id + len(placed), ALSO if number else note.text, first, last))
    return placed


def _marked(xml: bytes, letters: Sequence[Letter], placed: Sequence[_Placed]) -> bytes:
    """The XML of the document with the marks of the comments; a run is cut in two where a mark falls inside it."""
    marks: dict[tuple[int, bool], list[bytes]] = {}
    runs: dict[int, Run] = {}
    for comment in placed:
        first, last = letters[comment.first], letters[comment.last]
        start = f'<w:commentRangeStart xmlns:w="{W}" w:id="{comment.id}"/>'
        end = (
            f'<w:commentRangeEnd xmlns:w="{W}" w:id="{comment.id}"/>'
            f'<w:r xmlns:w="{W}"><w:commentReference w:id="{comment.id}"/></w:r>'
        )
        for letter, where, mark in ((first, _before(xml, first), start), (last, _after(xml, last), end)):
            marks.setdefault(where, []).append(mark.encode())
            runs[where[0]] = letter.run
    pieces, at = [], 0
    for (place, inside), here in sorted(marks.items()):
        pieces += [xml[at:place], _cut(xml, runs[place], here) if inside else b"".join(here)]
        at = place
    return b"".join([*pieces, xml[at:]])


def _before(xml: bytes, letter: Letter) -> tuple[int, bool]:
    """Where a mark before a letter goes, and whether that is inside a text element."""
    run = letter.run
    if letter.first and xml[run.tag_end : letter.element].strip() == run.properties:
        return run.start, False
    return letter.start, True


def _after(xml: bytes, letter: Letter) -> tuple[int, bool]:
    """Where a mark behind a letter goes, and whether that is inside a text element."""
    if letter.last and RUN_END.fullmatch(xml, letter.end, letter.run.end):
        return letter.run.end, False
    return letter.end, True


def _cut(xml: bytes, run: Run, marks: Sequence[bytes]) -> bytes:
    """The end of a text element and its run, the marks, and the beginning of another run with the same properties."""
    named = RUN_START.match(xml, run.start)
    prefix = named[1] if named else b""
    again = b'<%br>%b<%bt xml:space="preserve">' % (prefix, run.properties, prefix)
    return b"</%bt></%br>" % (prefix, prefix) + b"".join(marks) + again


def _comment_parts(package: Package, part: str, placed: Sequence[_Placed]) -> dict[str, bytes]:
    """The parts that hold the comments: those there are, with the new ones added, or new ones."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    comments = "".join(
        f'<w:comment xmlns:w="{W}" w:id="{c.id}" w:author="{AUTHOR}" w:initials="{INITIALS}" w:date="{now}">'
        + "".join(
            f'<w:p><w:r><w:t xml:space="preserve">{escape(_printable(line))}</w:t></w:r></w:p>'
            for line in c.text.splitlines()
        )
        + "</w:comment>"
        for c in placed
    )
    folder = dirname(part)
    where = join(folder, "comments.xml")
    if where in package:
        return {where: _added(as_utf8(package.read(where)), comments, "comments")}
    relations, types = join(folder, "_rels", f"{basename(part)}.rels"), "[Content_Types].xml"
    relation = f'<Relationship Id="gongkaiComments" Type="{COMMENTS_RELATION}" Target="comments.xml"/>'
    kind = f'<Override xmlns="{TYPES}" PartName="/{where}" ContentType="{COMMENTS_TYPE}"/>'
    old = as_utf8(package.read(relations)) or f'{DECLARATION}<Relationships xmlns="{RELATIONS}"/>'.encode()
    return {
        where: f'{DECLARATION}<w:comments xmlns:w="{W}">{comments}</w:comments>'.encode(),
        relations: _added(
            old, relation.replace("<Relationship ", f'<Relationship xmlns="{RELATIONS}" '), "Relationships"
        ),
        types: _added(as_utf8(package.read(types)), kind, "Types"),
    }


def _added(xml: bytes, elements: str, root: str) -> bytes:
    """The XML with elements added at the end of its root."""
    end = ROOT_END.search(xml)
    if end is not None:
        return xml[: end.start()] + elements.encode() + xml[end.start() :]
    empty = re.search(rb"<((?:\w+:)?%b)\b([^<>]*)/>\s*\Z" % root.encode(), xml)
    if empty is None:
        raise ReportUnreadable("damaged", f"the part {root} of the document is damaged.", "Save it anew in Word.")
    whole = b"<%b%b>%b</%b>" % (empty[1], empty[2], elements.encode(), empty[1])
    return xml[: empty.start()] + whole


def _rewritten(data: bytes, changed: dict[str, bytes]) -> bytes:
    """The archive with some parts changed or added; the others are copied as they are."""
    out = io.BytesIO()
    left = {part.lower(): content for part, content in changed.items()}
    names = {part.lower(): part for part in changed}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = left.pop(info.filename.lstrip("/").lower(), None)
            new.writestr(info, old.read(info) if content is None else content, compress_type=zipfile.ZIP_DEFLATED)
        for part, content in left.items():
            new.writestr(names[part], content)
    return out.getvalue()


def _printable(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return NOT_XML.sub("\ufffd", text)
