"""Statements are cut where a comma, semicolon, colon or full stop stands."""

from nlp.labelling.clauses import clauses


def test_clauses_long_enough_to_say_something():
    assert clauses("一是时效性不强,个别栏目更新较慢;二是互动少,群众留言没有回复") == [
        "一是时效性不强",
        "个别栏目更新较慢",
        "群众留言没有回复",
    ]


def test_a_statement_of_one_clause_has_none():
    assert clauses("二是,公开渠道不够多。") == []
    assert clauses("") == []
