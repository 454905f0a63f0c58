"""Two reports in one file are told; a title printed twice is none."""

import pytest

import nlp

REPORT = (
    "{body}{year}年政府信息公开工作年度报告\n一、总体情况\n"
    + "全镇公开工作有序开展。\n" * 120
    + "六、其他需要报告的事项\n无。\n"
)


def codes(text):
    return [issue.code for issue in nlp.analyse_text(text).issues]


@pytest.mark.parametrize(("body", "year"), [("石桥乡人民政府", 2021), ("青溪镇人民政府", 2022)])
def test_another_body_or_year_is_another_report(body, year):
    assert "report.several" in codes(
        REPORT.format(body="青溪镇人民政府", year=2021) + REPORT.format(body=body, year=year)
    )


def test_the_same_title_again_is_no_other_report():
    text = REPORT.format(body="青溪镇人民政府", year=2021)
    assert "report.several" not in codes(text)
    assert "report.several" not in codes(text + "青溪镇人民政府2021年政府信息公开工作年度报告\n")
