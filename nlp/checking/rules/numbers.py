"""Numbers of headings: printed twice, not rising, or not those that the form has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.checking.rule import FORM_OF_2021, Examined, Rule, check_for
from nlp.checking.rules.parts import PARTS
from nlp.reading.clean import fold
from nlp.reading.numbering import is_numbered_twice, read_numbers
from nlp.records import Issue, Section

MAX_WRONG = 3  # more are a numbering of the report's own


@check_for(
    Rule(
        "sections.number",
        "warning",
        "标题序号不对",
        "A heading has the wrong number",
        FORM_OF_2021,
        "“三、”之后是“五、”",
    ),
)
def check_numbers(report: Examined) -> Iterator[Issue]:
    """A warning for each list of headings with a wrong number: the parts, and the sub-headings of each."""
    analysis = report.analysis
    text = analysis.source.text
    parts = [section for section in analysis.sections if section.level == 1]
    yield from _twice(text, analysis.sections)
    yield from _wrong(text, parts, _expected(parts))
    for part in parts:
        subs = [s for s in analysis.sections if s.level == 2 and part.span.start <= s.span.start < part.span.end]
        yield from _wrong(text, subs, {})


def _twice(text: str, sections: Sequence[Section]) -> Iterator[Issue]:
    doubled = [section for section in sections if is_numbered_twice(fold(section.title.of(text)))]
    if doubled:
        yield Issue(
            "sections.number",
            "warning",
            f"标题“{_printed(text, doubled[0])}”的序号重复。 The number of a heading is printed twice.",
            found=str(len(doubled)),
            spans=tuple(section.title for section in doubled),
        )


def _expected(parts: Sequence[Section]) -> dict[str, int]:
    """The numbers of the form, when its parts are all there and in their order."""
    keys = [section.key for section in parts if section.key in PARTS]
    return {key: place for place, key in enumerate(PARTS, 1)} if keys == list(PARTS) else {}


def _wrong(text: str, sections: Sequence[Section], expected: dict[str, int]) -> Iterator[Issue]:
    """Headings of one style whose number is not the form's, or not above the number before."""
    numbered = []
    for section in sections:
        number = read_numbers(fold(section.title.of(text)))
        if number is not None and number.ordinal is not None:
            numbered.append((section, number.style, number.ordinal))
    styles = [style for _, style, _ in numbered]
    numbered = [one for one in numbered if one[1] == max(styles, key=styles.count)]
    wrong, last = [], 0
    for section, _, ordinal in numbered:
        right = expected.get(section.key)
        if ordinal != right if right else ordinal <= last:
            wrong.append((section, ordinal, right or last + 1))
        last = max(last, ordinal)
    if not 0 < len(wrong) <= MAX_WRONG:
        return
    section, ordinal, right = wrong[0]
    yield Issue(
        "sections.number",
        "warning",
        f"标题“{_printed(text, section)}”的序号不对。 A heading has the wrong number ({ordinal}).",
        expected=str(right),
        found=str(ordinal),
        spans=tuple(section.title for section, _, _ in wrong),
    )


def _printed(text: str, section: Section) -> str:
    return section.title.of(text).strip()[:30]
