"""Cue features: one pass, clause by clause."""

import numpy as np

from nlp.labelling.features import cue_matrix, feature_names, find_clauses


def groups(clause):
    return {group for groups in (*clause.roles, *(cue.groups for cue in clause.aspects)) for group in groups}


def test_the_longest_term_takes_the_shorter():
    [[clause]] = find_clauses(["解读形式单一"])
    assert "aspect.interpretation.sure" in groups(clause)
    assert not any(group.startswith("aspect.channel") for group in groups(clause))


def test_goals_and_frames_are_marked():
    [clauses] = find_clauses(["针对人手少的现状,加强培训,确保公开及时性"])
    assert [clause.kind for clause in clauses] == ["frame", "main", "tail"]


def test_a_goal_within_a_clause_is_a_clause_of_its_own():
    [clauses] = find_clauses(["抓好培训确保更新及时"])
    assert [clause.kind for clause in clauses] == ["main", "tail"]


def test_cues_stay_in_their_own_text():
    texts = ["渠道单一", "", "更新滞后", "\ud800人手不足"]
    together = find_clauses(texts)
    assert [[groups(clause) for clause in clauses] for clauses in together] == [
        [groups(clause) for clause in find_clauses([text])[0]] for text in texts
    ]
    for text, clauses in zip(texts, together, strict=True):
        for clause in clauses:
            assert all(0 <= cue.start < cue.end <= len(text) for cue in clause.aspects)


def test_matrix_has_a_row_a_text_and_a_column_a_feature():
    matrix = cue_matrix(["渠道单一", ""])
    assert matrix.shape == (2, len(feature_names()))
    assert matrix.dtype == np.float32
    assert matrix[0].sum() > 0 == matrix[1].sum()
    assert len(set(feature_names())) == len(feature_names())
