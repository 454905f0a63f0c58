"""Agreement of two labellings: coefficients worked out by hand on tiny tables, and the stored second labelling."""

import json

import numpy as np
import pytest

from training.agreement import (
    Doubled,
    Judged,
    agreement,
    agreement_tables,
    alpha,
    kappa,
    main,
    micro_f1,
    read_second_labelling,
)
from training.corpus import read_passages

P, M = "problem", "measure"


def doubled(passage, first, second, role=P):
    return Doubled(passage, 0, Judged(role, tuple(first)), Judged(role, tuple(second)))


# Four statements, first a a b b, second a b b b.
TINY = [
    doubled("p1", ["a"], ["a"]),
    doubled("p1", ["a"], ["b"]),
    doubled("p2", ["b"], ["b"]),
    doubled("p2", ["b"], ["b"]),
]


def test_kappa_by_hand():
    # a: observed 3/4; chance 2/4 · 1/4 + 2/4 · 3/4 = 1/2; (3/4 - 1/2) / (1 - 1/2) = 1/2
    assert agreement(TINY, samples=0).labels[0].kappa.value == pytest.approx(0.5)


def test_alpha_by_hand():
    # 8 values, 3 of them a, 5 not: apart 2 of 8, by chance 2 · 3 · 5 / (8 · 7) = 30/56; 1 - (2/8) / (30/56) = 8/15
    assert agreement(TINY, samples=0).labels[0].alpha.value == pytest.approx(8 / 15)


def test_micro_f1_by_hand():
    # 3 of 4 labels of each side are shared: 2 · 3 / (4 + 4)
    assert agreement(TINY, samples=0).f1["all"].value == pytest.approx(0.75)


def test_three_classes_by_hand():
    # 10 statements: 3 + 2 + 2 alike. Kappa: .7 observed, chance .4·.3 + .3·.4 + .3·.3 = .33, .37 / .67.
    # Alpha: 20 values, 7 7 6, apart 6; 1 - 19 · 6 / (400 - 49 - 49 - 36) = 1 - 114 / 266.
    table = [[3, 1, 0], [0, 2, 1], [0, 1, 2]]
    assert kappa(table) == pytest.approx(0.37 / 0.67)
    assert alpha(table) == pytest.approx(1 - 114 / 266)


def test_full_and_no_agreement():
    assert kappa([[2, 0], [0, 2]]) == alpha([[2, 0], [0, 2]]) == 1
    assert kappa([[0, 2], [2, 0]]) == -1
    assert np.isnan(kappa([[4, 0], [0, 0]]))  # only one class was ever used
    assert np.isnan(alpha([[4, 0], [0, 0]]))
    assert np.isnan(micro_f1([[4, 0], [0, 0]]))


def test_roles_are_counted_apart():
    """A label is judged over the statements that both gave its role; a role that differs is one disagreement."""
    other = Doubled("p3", 0, Judged(P, ("a",)), Judged(M, ("z",)))
    found = agreement([*TINY, other], samples=0)
    assert (found.role_differs, found.labels_differ, found.statements, found.passages) == (1, 1, 5, 3)
    assert [(label.label, label.first, label.second, label.both) for label in found.labels] == [
        ("a", 2, 1, 1),
        ("b", 2, 3, 2),
    ]


def test_order_of_labels_is_no_disagreement():
    assert not doubled("p", ["a", "b"], ["b", "a"]).differs


def test_intervals_hold_the_value_and_repeat():
    """The same seed, the same interval; without samples none."""
    once, again = agreement(TINY).labels[0].kappa, agreement(TINY).labels[0].kappa
    assert once == again
    assert once.low <= once.value <= once.high
    assert agreement(TINY, samples=0).labels[0].kappa.low is None


def test_one_class_only_has_no_coefficient():
    found = agreement([doubled("p", ["a"], ["a"])])
    assert found.role_kappa.value is None
    assert "| role, Cohen's κ | – |" in agreement_tables(found)


def test_nothing_labelled_twice():
    with pytest.raises(ValueError, match="no statement"):
        agreement([])


def test_bad_line_is_named(tmp_path, capsys):
    file = tmp_path / "second.jsonl"
    good = {"id": "p", "statement": 0, "first": {"role": P}, "second": {"role": P}}
    file.write_text(json.dumps(good) + '\n{"id": 3}\n', encoding="utf-8")
    assert main([str(file)]) == 2
    assert "second.jsonl:2" in capsys.readouterr().err


def test_second_labelling_belongs_to_the_corpus():
    """Every line names a statement of the corpus that bears what was settled, which is written where the two differ."""
    passages = {passage.id: passage for passage in read_passages()}
    items = read_second_labelling()
    assert len(items) >= 300
    assert len({(item.id, item.statement) for item in items}) == len(items)
    for item in items:
        assert (item.adjudicated is not None) == item.differs, (item.id, item.statement)
        settled = item.adjudicated or item.first
        statement = passages[item.id].statements[item.statement]
        assert (statement.role, set(statement.labels)) == (settled.role, set(settled.labels)), (item.id, item.statement)
