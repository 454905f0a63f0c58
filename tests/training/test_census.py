"""The tables of corpora/README.md say what the corpus holds."""

from pathlib import Path

import pytest

from training.agreement import agreement, agreement_tables, read_second_labelling
from training.census import census_tables, main, updated
from training.corpus import CORPUS, Heading, Marked, Passage, fingerprint, read_passages

README = CORPUS.parent / "README.md"
TEXT = "五、存在的问题\n一是栏目更新较慢。下一步加强业务培训。"
PASSAGE = Passage(
    id="plain-01-01",
    family="plain-01",
    body="青禾镇",
    level="township",
    year=2013,
    type="annual_report",
    trade="乡镇",
    text=TEXT,
    headings=(Heading(0, 7),),
    statements=(
        Marked(8, 17, "problem", ("timeliness_poor",)),
        Marked(17, 27, "measure", ("staff_training",), answers_weakly=(0,)),
    ),
)


@pytest.mark.parametrize(
    "row",
    [
        "| problem | 1 | 50.0% | 9 | 9–9 |",
        "| problem | 1 | 0 | 0 | 0 | 1.00 |",
        "| timeliness_poor | 1 | 100.0% | 1 | timeliness_improve | 0 | 0.0% | 0 |",
        "| problems answered by a measure | 0.0%, only weakly 100.0% |",
        "| before 2014 | 1 | 2 |",
        "| plain | 1 | 2 |",
        "| achievement | 0 | 0.0% | – | – |",
    ],
)
def test_counts_of_one_passage(row):
    assert row in census_tables([PASSAGE]).splitlines()


def test_no_place_for_the_tables(tmp_path, capsys):
    file = tmp_path / "README.md"
    file.write_text("nothing", encoding="utf-8")
    assert main(["--update", str(file)]) == 2
    assert "<!-- census -->" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "nothing"


def test_readme_is_up_to_date():
    """After a change of the corpus: python -m training.census --update corpora/README.md"""
    text = Path(README).read_text(encoding="utf-8")
    tables = f"Corpus `{fingerprint()}`.\n\n{census_tables(read_passages())}"
    assert updated(text, "census", tables) == text
    assert updated(text, "agreement", agreement_tables(agreement(read_second_labelling()))) == text
