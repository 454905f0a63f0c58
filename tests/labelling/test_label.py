"""Labelling of texts by themselves."""

import pytest

import nlp


def test_one_string_is_refused():
    """It would be labelled character by character."""
    with pytest.raises(TypeError, match="give a list"):
        nlp.label("公开内容不够全面。")


def test_as_many_headings_as_texts():
    with pytest.raises(ValueError, match="1 headings for 2 texts"):
        nlp.label(["公开内容不够全面。", "加强培训。"], ["存在的问题"])
