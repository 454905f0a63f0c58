"""Which measures answer a problem: the signs of a pair, what is left out, and the packaged weights on whole blocks."""

import pytest

from nlp.labelling.aspects import aspects
from nlp.labelling.label_set import packaged_labels
from nlp.labelling.pairing import MAX_ANSWERS, candidates, pair_statements, sides
from nlp.narrative.linear import Linear
from nlp.records import Label, Span, Statement


def statements(*lines, section="problems"):
    """Each line: P or M (or A), the aspects, the text."""
    found, texts = [], []
    for at, line in enumerate(lines):
        kind, names, text = line.split(" ", 2)
        role = {"P": "problem", "M": "measure", "A": "achievement"}[kind]
        keys = [] if names == "-" else names.split(",")
        labels = tuple(Label(role, aspects()[name].key(role), 0.9, "test", True) for name in keys)
        found.append(Statement(Span(at, at + 1), section, "", at, role, 1.0, labels))
        texts.append(text)
    return found, texts


def pairs(*lines, pairing=None, section="problems"):
    answers = pair_statements(*statements(*lines, section=section), pairing=pairing)
    return {(problem, answer.measure) for problem, found in answers.items() for answer in found}


BLOCKS = ("P timeliness 更新慢。", "P staff 人手少。", "M timeliness 每周更新。", "M staff 增加人手。")


def test_sides_know_their_blocks():
    lines = ("P staff 一是人少。", "A - 已办。", "P content 二是内容少。", "M staff 增人。", "P channel 渠道窄。")
    problems, measures = sides(*statements(*lines), packaged_labels())
    assert [(p.ordinal, p.turn, p.rank, p.size) for p in problems] == [(0, 0, 0, 2), (2, 0, 1, 2), (4, 2, 0, 1)]
    assert [(m.ordinal, m.turn, m.rank, m.size) for m in measures] == [(3, 1, 0, 1)]
    assert problems[0].marker == ("counted", 1) and problems[2].marker is None


def test_signs_of_a_pair():
    problems, measures = sides(*statements(*BLOCKS), packaged_labels())
    found = {m.ordinal: set(s) for m, s in candidates(problems[0], problems, measures, packaged_labels())}
    assert {"topic=aligned", "turns=1", "turns=1|sizes=same|ranks=same", "aspect=timeliness"} <= found[2]
    assert {"topic=none", "turns=1|sizes=same|ranks=near", "timeliness>staff"} <= found[3]
    # a general measure answers weakly (labelling guide, section 6)
    problems, measures = sides(*statements("P timeliness 更新慢。", "M mechanism 健全制度。"), packaged_labels())
    assert "topic=weak" in next(candidates(problems[0], problems, measures, packaged_labels()))[1]


def test_answers_are_those_more_probable_than_not_the_best_first():
    weights = Linear({"topic=aligned": 3.0, "topic=partly": 1.0, "topic=none": -3.0}, 0.0)
    found = pair_statements(
        *statements(
            "P staff,content 人少、内容少。", "M content 补内容。", "M staff,content 增人补内容。", "M channel 拓渠道。"
        ),
        pairing=weights,
    )
    assert [(answer.measure, answer.score) for answer in found[0]] == [(2, 0.95), (1, 0.73)]


def test_no_more_answers_than_can_be_read():
    measures = ["M staff 增人。"] * (MAX_ANSWERS + 3)
    assert len(pairs("P staff 人少。", *measures, pairing=Linear({}, 1.0))) == MAX_ANSWERS


def test_the_years_work_answers_nothing():
    assert pairs(*BLOCKS, pairing=Linear({}, 1.0), section="overview") == set()
    assert pairs("P staff 人少。", pairing=Linear({}, 1.0)) == set()


@pytest.mark.parametrize(
    "lines, expected",
    [
        (BLOCKS, {(0, 2), (1, 3)}),
        # the last problem of a list is not answered by the first measure of the next block
        (("P content 内容少。", "P channel 渠道窄。", "M staff 增加人手。", "M content 补充内容。"), {(0, 3)}),
        # one after the other, as rectification reports put them
        (("P rq 答复迟。", "M rq 限期答复。", "P qu 格式乱。", "M qu 统一格式。"), {(0, 1), (2, 3)}),
        # a problem that nothing answers
        (("P interaction 留言少。", "M staff 加强培训。"), set()),
        # one measure for two problems
        (("P timeliness 更新慢。", "P content 内容少。", "M timeliness,content 补充内容,按时更新。"), {(0, 2), (1, 2)}),
    ],
)
def test_the_packaged_weights_pair_blocks(lines, expected):
    full = {"rq": "request_handling", "qu": "quality"}
    lines = [
        " ".join([kind, full.get(names, names), text]) for kind, names, text in (line.split(" ", 2) for line in lines)
    ]
    assert pairs(*lines) == expected
