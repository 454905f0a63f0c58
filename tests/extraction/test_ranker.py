"""Scores, relations and reasons of the counts, and what a damaged ranker is refused with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import nlp
from nlp.extraction.ranker import RankerUnusable, default_ranker, load_ranker
from nlp.extraction.why import explain
from nlp.reading.clean import CleanText
from nlp.structure.paragraphs import Paragraph

MODEL = Path(__file__).parents[2] / "models" / "facts"
TEXT = "全年公开信息120条,其中网站60条,微信公众号60条。未收到申请。"


def test_each_fact_has_a_score_an_ordinal_its_whole_and_its_clause() -> None:
    analysis = nlp.analyse_text(TEXT)
    total, none = analysis.counts
    site, account = analysis.channel_counts
    assert [fact.ordinal for fact in (total, site, account, none)] == [0, 1, 2, 3]
    assert (site.part_of, account.part_of, total.part_of, none.part_of) == (0, 0, None, None)
    assert all(0.5 < fact.score <= 1 for fact in (total, site, account, none))
    assert [fact.clause.of(TEXT) for fact in (total, site) if fact.clause] == ["全年公开信息120条", ",其中网站60条"]


def test_a_number_without_meaning_for_disclosure_is_no_fact() -> None:
    analysis = nlp.analyse_text("本报告由总体情况等六个部分组成。全县15个行政村参加法治讲座165场。")
    assert (analysis.counts, analysis.channel_counts) == ((), ())


def test_lines_that_a_page_broke_are_one_sentence() -> None:
    text = "全年受理申请\n3\n件,均已\n答复。"
    assert [(c.metric, int(c.quantity.value)) for c in nlp.analyse_text(text).counts] == [
        ("applications_received", 3),
        ("applications_answered", 3),
    ]


def test_every_decision_tells_its_rival_and_its_reasons() -> None:
    clean = CleanText(TEXT)
    decisions = explain(clean, [Paragraph(None, "", 0, len(TEXT))], default_ranker(), most=3)
    first = decisions[0]
    assert (first.span.of(TEXT), first.reading) == ("120条", "disclosed_total")
    assert first.rival != first.reading and first.rival_score < first.score
    assert len(first.reasons) == 3 and all(weight for _, weight in first.reasons)


@pytest.mark.parametrize("name", ["weights.safetensors", "words.json"])
def test_a_file_that_is_not_the_card_s_is_refused(tmp_path: Path, name: str) -> None:
    shutil.copytree(MODEL, tmp_path / "facts")
    with (tmp_path / "facts" / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(RankerUnusable, match=name):
        load_ranker(tmp_path / "facts")


def test_a_missing_ranker_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RankerUnusable, match="train-facts"):
        load_ranker(tmp_path)
