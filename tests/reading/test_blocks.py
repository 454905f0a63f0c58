"""Lines of text to blocks: rows of cells, also rows that are blank but for one cell."""

from __future__ import annotations

from nlp.reading.blocks import find_blocks, find_lines


def blocks(text: str) -> list[tuple[str, list[str]]]:
    return [
        (block.kind, [cell.span.of(text) for cell in block.cells] or [block.span.of(text)])
        for block in find_blocks(text, find_lines(text), ())
    ]


def test_a_row_with_one_filled_cell_is_a_row():
    text = "事项\t\t自然人\t总计\n\t1.许可\t3\t3\n\t2.处罚\t\t\n三、合计\t\t\t\n\t\t\t9\n结束。"
    assert blocks(text) == [
        ("table", ["事项", "", "自然人", "总计", "", "1.许可", "3", "3", "", "2.处罚", "", "", "三、合计", "", "", "", "", "", "", "9"]),
        ("paragraph", ["结束。"]),
    ]  # fmt: skip


def test_a_paragraph_indented_with_a_tab_is_no_row():
    assert [kind for kind, _ in blocks("甲\t乙\t丙\n1\t2\t3\n\t全年公开信息12条。\n\t收到申请3件。")] == [
        "table",
        "paragraph",
    ]
    assert [kind for kind, _ in blocks("\t全年公开信息12条。\n\t收到申请3件。")] == ["paragraph"]
