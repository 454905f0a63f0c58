"""One report as a page that needs nothing else: the text with its findings marked, the tables beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from nlp.labelling.label_set import LabelSet, packaged_labels
from nlp.output import view
from nlp.output.names import name_of
from nlp.output.seal import BLANK, sealed
from nlp.records import Analysis, Span

if TYPE_CHECKING:
    from jinja2 import Template


def page(analysis: Analysis, labels: LabelSet | None = None) -> str:
    """The page as HTML, sealed. All text of the report is escaped; the page loads nothing.

    Parameters
    ----------
    labels : the labels of the model that judged, for their names; this project's unless given
    """
    known = labels or packaged_labels()
    names, roles = known.names(), {key: zh for key, (zh, _) in known.roles.items()}
    marks = sorted(_marks(analysis, names, roles), key=lambda mark: (mark[0].start, -mark[0].end))
    html = _template().render(
        title=analysis.identity.title or analysis.source.name,
        identity=view.identity_lines(analysis),
        pieces=list(_pieces(analysis.source.text, marks)),
        analysis=analysis,
        text=analysis.source.text,
        grids=view.grids(analysis),
        view=view,
        name_of=name_of,
        seal=BLANK,
        label_names=names,
        role_names=roles,
    )
    return sealed(html)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("nlp.output"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def _marks(
    analysis: Analysis, label_names: Mapping[str, str], role_names: Mapping[str, str]
) -> Iterator[tuple[Span, str, str]]:
    """What is marked in the text: place, style and the words shown when a reader points at it."""
    for section in analysis.sections:
        yield section.title, "section", name_of("sections", section.key)
    for statement in analysis.statements:
        if statement.role != "boilerplate":
            names = [view.role_name(statement.role, role_names), *view.label_names(statement, label_names)]
            yield statement.span, statement.role, "、".join(names)
    for contact in analysis.contacts:
        yield contact.span, "contact", f"{name_of('contacts', contact.kind)} {contact.value}"
    for name, amount, span in view.number_lines(analysis):
        yield span, "count", f"{name} {amount}"
    for repair in analysis.source.repairs:
        kind = "furniture" if repair.kind == "furniture" else "repair"
        yield repair.span, kind, "页面内容" if kind == "furniture" else f"读作 {repair.replacement or '（略）'}"


def _pieces(text: str, marks: list[tuple[Span, str, str]]) -> Iterator[tuple[str, str, str, int]]:
    """The text cut wherever a mark begins or ends: ``(characters, styles, words, start)``."""
    edges = sorted({0, len(text), *(e for span, _, _ in marks for e in (span.start, span.end))})
    open_marks: list[tuple[Span, str, str]] = []
    upcoming = iter(marks)
    following = next(upcoming, None)
    for start, end in pairwise(edges):
        open_marks = [mark for mark in open_marks if mark[0].end > start]
        while following is not None and following[0].start <= start:
            if following[0].end > start:
                open_marks.append(following)
            following = next(upcoming, None)
        styles = " ".join(dict.fromkeys(style for _, style, _ in open_marks))
        words = "；".join(dict.fromkeys(words for _, _, words in open_marks))
        yield text[start:end], styles, words, start
