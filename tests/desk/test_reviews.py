"""The file of reviews: what counts, what is undone, who differs, and what a corpus is made of."""

import sqlite3
import threading

import pytest

from nlp.desk.agreement import agreement
from nlp.desk.reviewed import as_csv, as_jsonl, examples
from nlp.desk.reviews import ARBITER, Decision, Part, Reviews, ReviewsUnusable, Shown, Unit
from training.examples import read_corpus

TEXT = "一是公开不够及时，二是形式单一。"


@pytest.fixture
def reviews(tmp_path):
    kept = Reviews(tmp_path / "r.sqlite")
    kept.add([Unit(0, "r1", n, Shown(TEXT, after="下文。", heading="问题")) for n in range(4)])
    return kept


def says(role, *labels, done=True, joined=False):
    return Decision((Part(len(TEXT), role, labels),), done=done, joined=joined)


def test_the_last_decision_counts_and_can_be_taken_back(reviews):
    first = reviews.units()[0]
    reviews.decide(first, "王", says("problem", done=False))
    reviews.decide(first, "王", says("measure"))
    assert reviews.decisions()[first.id]["王"].parts[0].role == "measure"
    assert reviews.undo("王") == first.id
    assert reviews.decisions("王")[first.id]["王"].parts[0].role == "problem"
    assert reviews.undo("王") == first.id and reviews.undo("王") is None and not reviews.decisions()


def test_one_does_not_undo_what_another_did(reviews):
    one, two = reviews.units()[:2]
    reviews.decide(one, "王", says("problem"))
    reviews.decide(two, "李", says("measure"))
    assert reviews.undo("王") == one.id and two.id in reviews.decisions()


def test_a_statement_is_in_the_queue_once(reviews):
    assert reviews.add([Unit(0, "r1", 0, Shown("anders")), Unit(0, "r1", 9, Shown("neu"))]) == 1
    assert [unit.statement_id for unit in reviews.units()] == [0, 1, 2, 3, 9] and reviews.units()[0].shown.text == TEXT


@pytest.mark.parametrize(
    ("annotator", "decision"),
    [
        ("", says("problem")),
        ("王" * 41, says("problem")),
        ("王", Decision((), done=False)),
        ("王", Decision((Part(3, "problem"),))),
        ("王", Decision((Part(9, "problem"), Part(3, "problem"), Part(len(TEXT), "problem")))),
        ("王", Decision((Part(0, "problem"), Part(len(TEXT), "problem")))),
        ("王", says(None)),
        ("王", Decision((Part(len(TEXT)),), note="x" * 3000)),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(reviews, annotator, decision):
    with pytest.raises(ReviewsUnusable):
        reviews.decide(reviews.units()[0], annotator, decision)
    assert not reviews.decisions()


def test_several_write_at_once_and_nothing_is_lost(tmp_path):
    path = tmp_path / "r.sqlite"
    Reviews(path).add([Unit(0, "r", n, Shown(TEXT)) for n in range(30)])

    def work(name):
        mine = Reviews(path)  # as another desk on the same machine
        for unit in mine.units():
            mine.decide(unit, name, says("problem", done=False))
            mine.decide(unit, name, says("problem", "timeliness_poor"))

    threads = [threading.Thread(target=work, args=(f"人{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = Reviews(path)
    assert [p.done for p in found.progress()] == [30] * 4
    assert sqlite3.connect(path).execute("SELECT count(*) FROM decisions").fetchone() == (240,)


def test_every_decision_is_on_the_disk_when_it_is_confirmed(reviews):
    with reviews._open() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_conflicts_are_settled_by_the_arbiter(reviews):
    a, b, c, d = reviews.units()
    for unit in (a, b, c):
        reviews.decide(unit, "王", says("problem", "timeliness_poor"))
    reviews.decide(a, "李", says("problem", "timeliness_poor"))
    reviews.decide(b, "李", says("measure"))
    reviews.decide(d, "李", says("problem", done=False))
    assert [conflict.unit.id for conflict in reviews.conflicts()] == [b.id]
    assert [unit.id for unit, _, _ in reviews.settled()] == [a.id, c.id]  # b is open, d is not finished
    reviews.decide(b, ARBITER, says("measure"))
    assert reviews.conflicts()[0].settled is not None
    assert [(unit.id, who) for unit, who, _ in reviews.settled()] == [(a.id, "王"), (b.id, ARBITER), (c.id, "王")]
    assert ARBITER not in reviews.annotators()


def test_agreement_by_hand(reviews):
    units = reviews.units()
    assert agreement(reviews).n == 0
    for unit, first, second in zip(
        units,
        (says("problem", "a", "b"), says("problem"), says("measure", "m"), says("measure")),
        (says("problem", "a"), says("problem"), says("measure", "m"), says("problem")),
        strict=True,
    ):
        reviews.decide(unit, "王", first)
        reviews.decide(unit, "李", second)
    found = agreement(reviews)
    assert (found.n, found.same_role, found.same_limits) == (4, 0.75, 1.0)
    # Labels of the three that agree on the role: 1/2, both none (1), 1.
    assert found.labels == pytest.approx((0.5 + 1 + 1) / 3, abs=1e-4)
    # Eight values, five problem and three measure; one pair of four differs. Observed disagreement 2/8, expected
    # 2·5·3/(8·7): α = 1 − (2/8) / (30/56).
    assert found.alpha == pytest.approx(1 - (2 / 8) / (30 / 56), abs=1e-3)


def test_split_and_joined_statements_become_texts_of_their_own(reviews):
    first, second, third, _ = reviews.units()
    cut = TEXT.index("二是")
    parts = Part(cut, "problem", ("timeliness_poor",)), Part(len(TEXT), "problem", ("channel_limited",))
    reviews.decide(first, "王", Decision(parts, done=True, note="两件事"))
    reviews.decide(second, "王", says("problem", joined=True))
    reviews.decide(third, "王", says("measure"))  # goes on in the one before: no text of its own
    found = examples(reviews)
    assert [(e.text, e.labels) for e in found] == [
        ("一是公开不够及时，", ("timeliness_poor",)),
        ("二是形式单一。", ("channel_limited",)),
        (TEXT + "下文。", ()),
    ]
    assert found[0].group == "r1" and found[0].note == "两件事"


@pytest.mark.parametrize(("suffix", "write"), [("csv", as_csv), ("jsonl", as_jsonl)])
def test_the_corpus_is_one_that_train_reads(reviews, tmp_path, suffix, write):
    labels = ("timeliness_poor", "channel_limited")
    units = [Unit(0, f"x{n}", 0, Shown(f"{'甲乙丙丁戊己庚辛壬癸子丑'[n]}镇公开不够及时。")) for n in range(12)]
    reviews.add(units)
    for number, unit in enumerate(reviews.units()[4:]):
        end = len(unit.shown.text)
        reviews.decide(unit, "王", Decision((Part(end, "problem", (labels[number % 2],)),), done=True))
    path = tmp_path / f"corpus.{suffix}"
    path.write_text(write(examples(reviews)), encoding="utf-8")
    corpus = read_corpus(path, min_examples=2)
    assert len(corpus.examples) == 12
    assert {label for example in corpus.examples for label in example.labels} == set(labels)
    assert {example.role for example in corpus.examples} == {"problem"}


def test_a_file_that_is_no_reviews_says_so(tmp_path):
    (tmp_path / "r.sqlite").write_text("no database" * 200, encoding="utf-8")
    with pytest.raises(ReviewsUnusable, match=r"r\.sqlite"):
        Reviews(tmp_path / "r.sqlite").units()
    with pytest.raises(ReviewsUnusable, match="--reviews"):
        Reviews(tmp_path / "none" / "r.sqlite").units()
