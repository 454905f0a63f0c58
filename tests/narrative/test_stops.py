"""Where statements may begin: the stop before each place, the marker there, and the items that are still to come."""

import pytest

from nlp.narrative.stops import MAX_OPENINGS, find_openings
from nlp.structure.paragraphs import Paragraph


def openings(text, *ends):
    starts = [0, *(end + 1 for end in ends)]
    paragraphs = [Paragraph("problems", "", a, b) for a, b in zip(starts, [*ends, len(text)], strict=True)]
    return [(text[o.at :][:3], o.behind, o.marker, o.more_items) for o in find_openings(text, paragraphs)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("渠道窄,更新慢。", [("渠道窄", "N", None, False), ("更新慢", ",", None, False)]),
        ("一是渠道窄。二是更新慢", [("一是渠", "N", "counted", True), ("二是更", "。", "counted", False)]),
        # the stop before the marker is lost
        ("一是渠道窄二是更新慢", [("一是渠", "N", "counted", True), ("二是更", "0", "counted", False)]),
        # several marks in a row are one stop, named by the first
        ("渠道窄。;更新慢", [("渠道窄", "N", None, False), ("更新慢", "。", None, False)]),
        # what a run-in label announces opens nothing
        ("整改措施:委托维护。每季检查", [("整改措", "N", None, False), ("每季检", "。", None, False)]),
        ("", [("", "N", None, False)]),
    ],
)
def test_openings_of_a_paragraph(text, expected):
    assert openings(text) == expected


def test_a_second_paragraph_opens_behind_a_line_end():
    assert openings("渠道窄\n更新慢", 3) == [("渠道窄", "N", None, False), ("更新慢", "N", None, False)]


def test_openings_are_bounded():
    text = "慢," * (2 * MAX_OPENINGS)
    assert len(find_openings(text, [Paragraph("problems", "", 0, len(text))])) == MAX_OPENINGS
