"""Cue features: one pass over all texts."""

import numpy as np

from nlp.labelling.features import cue_matrix, feature_names


def found(text):
    return {name for name, here in zip(feature_names(), cue_matrix([text])[0], strict=True) if here}


def test_the_longest_term_takes_the_shorter():
    assert "aspect.interpretation.sure@head" in found("解读形式单一")
    assert not any(name.startswith("aspect.channel") for name in found("解读形式单一"))


def test_the_first_clause_is_the_head():
    names = found("人手不足,更新滞后")
    assert "aspect.staff.sure@head" in names and "aspect.timeliness.sure@body" in names


def test_cues_stay_in_their_own_text():
    texts = ["渠道单一", "", "更新滞后", "\ud800人手不足"]
    assert (cue_matrix(texts) == np.concatenate([cue_matrix([text]) for text in texts])).all()


def test_matrix_has_a_row_a_text_and_a_column_a_feature():
    matrix = cue_matrix(["渠道单一", ""])
    assert matrix.shape == (2, len(feature_names()))
    assert matrix.dtype == np.float32
    assert matrix[0].sum() > 0 == matrix[1].sum()
    assert len(set(feature_names())) == len(feature_names())
