"""Whole passages: headings, lead-ins, transitions and lists bear on roles; measures answer problems."""

from nlp.labelling.context import announced_role
from nlp.labelling.label import label_statements
from nlp.narrative.statements import cut_statements
from nlp.reading.clean import CleanText
from nlp.structure.paragraphs import Paragraph


def labelled(*paragraphs):
    """Statements of paragraphs given as (section key, heading, text)."""
    text, places = "", []
    for key, heading, paragraph in paragraphs:
        places.append(Paragraph(key, heading, len(text), len(text) + len(paragraph)))
        text += paragraph + "\n"
    clean = CleanText(text)
    return label_statements(clean, cut_statements(clean, places))


def roles(statements):
    return "".join(statement.role[0] for statement in statements)


def test_headings_decide_what_has_no_modal():
    # 进一步 and 加强 stand in problems and in measures alike.
    statements = labelled(
        ("problem_list", "(一)存在的问题", "一是渠道需进一步拓宽。二是需要加强人员培训。"),
        ("measure_list", "(二)改进措施", "一是拓宽渠道。二是加强人员培训。"),
    )
    assert roles(statements) == "ppmm"


def test_transition_opens_the_measures_in_one_paragraph():
    statements = labelled(
        ("problems", "五、存在的主要问题及改进情况",
         "工作中还存在以下不足:一是公开渠道单一。二是栏目更新不及时。针对以上问题,我镇将从两方面改进:一是增设公开栏。二是定期更新栏目。"),
    )  # fmt: skip
    assert roles(statements) == "bppbmm"


def test_items_of_one_list_share_their_role():
    # The second item alone has neither deficit nor modal.
    statements = labelled(("problems", "", "一是公开渠道单一。二是信息多为会议动态。三是栏目更新不及时。"))
    assert roles(statements) == "ppp"


def test_the_years_work_is_achievement():
    statements = labelled(("overview", "一、总体情况", "加强组织领导,完善工作制度。规范信息发布流程。"))
    assert roles(statements) == "aa"


def test_measures_answer_problems_by_label():
    statements = labelled(
        ("problem_list", "(一)存在的问题", "一是公开渠道单一。二是业务培训不足。三是群众知晓率低。"),
        ("measure_list", "(二)改进措施", "一是加强业务培训。二是拓宽公开渠道。"),
    )
    answers = {statement.ordinal: [answer.measure for answer in statement.answers] for statement in statements}
    assert answers[0][0] == 4
    assert answers[1][0] == 3
    assert answers[2] == []  # nobody answers it, and that is a finding
    assert all(not statement.answers for statement in statements if statement.role != "problem")


def test_work_done_answers_nothing():
    statements = labelled(
        ("overview", "一、总体情况", "下一步将加强业务培训。"),
        ("problems", "五、存在的问题", "一是业务培训不足。"),
    )
    assert statements[-1].answers == ()


def test_interleaved_measures_answer_the_problem_before():
    text = "一是公开形式单一,下一步将增设公开栏。二是更新不及时,下一步将每周更新栏目。"
    statements = labelled(("problems", "", text))
    assert roles(statements) == "pmpm"
    assert statements[0].answers[0].measure == 1
    assert statements[2].answers[0].measure == 3


def test_spans_lead_back_to_the_source():
    text = "  一是公开渠道单一。 二是人手不足。"
    clean = CleanText(text)
    statements = label_statements(clean, cut_statements(clean, [Paragraph("problems", "", 0, len(text))]))
    assert [statement.span.of(text) for statement in statements] == ["一是公开渠道单一。", "二是人手不足。"]


def test_headings_announce_roles():
    titles = {
        "(一)存在的主要问题": "problem",
        "(二)改进措施": "measure",
        "七、下步打算": "measure",
        "五、存在的主要问题及改进情况": None,
        "(一)上年度问题整改情况": None,
        "一、总体情况": None,
    }
    assert {title: announced_role(title) for title in titles} == titles


def test_nothing_comes_of_nothing():
    assert label_statements(CleanText(""), ()) == ()
