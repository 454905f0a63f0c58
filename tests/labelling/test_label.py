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


def test_a_short_text_in_traditional_script_is_read_like_one_in_simplified():
    for traditional, simplified in (
        ("二是完善網站發布平臺的檢索功能。", "二是完善网站发布平台的检索功能。"),
        ("辦事人員的業務培訓還不夠。", "办事人员的业务培训还不够。"),
    ):
        (found,), (wanted,) = nlp.label([traditional]), nlp.label([simplified])
        assert (found.role, found.labels) == (wanted.role, wanted.labels)
