"""Roles and aspects by rules: same words in four roles, confusable pairs, tails, formulas."""

from functools import partial

import pytest

from nlp.labelling import label
from nlp.labelling.aspects import aspect_of, aspects
from nlp.labelling.rules import Rules

label_texts = partial(label.label_texts, labeller=Rules())


def judged(text, heading=None):
    [statement] = label_texts([text], [heading])
    names = {aspect_of(label.scheme, label.key).name for label in statement.labels if label.accepted}
    return statement.role, names


@pytest.mark.parametrize(
    "text, heading, role",
    [
        # the same words, four roles (guide, 11.1)
        ("公开渠道还需拓宽。", None, "problem"),
        ("进一步拓宽公开渠道。", None, "measure"),
        ("今年已拓宽公开渠道,新增公示栏6块。", None, "achievement"),
        ("下面从拓宽渠道等三个方面报告如下:", None, "boilerplate"),
        ("干部培训偏少。", None, "problem"),
        ("明年将举办干部培训两期。", None, "measure"),
        ("全年先后举办干部培训两期,参训120人次。", None, "achievement"),
        # a need under a heading (role rule 4)
        ("二是需要加强培训力度。", "(一)存在的问题", "problem"),
        ("二是加强培训力度。", "(二)下一步打算", "measure"),
        # transitions, slogans, nothing
        ("针对上述问题,我乡将从以下几个方面加以改进。", None, "boilerplate"),
        ("推动政务公开工作再上新台阶。", None, "boilerplate"),
        ("工作取得了一定成绩,但还存在一些不足。", None, "boilerplate"),
        ("无。", None, "boilerplate"),
        # the same sentence names the shortcoming (role rule 1)
        ("工作取得了一定成绩,但还存在栏目更新不及时的问题。", None, "problem"),
        # a frame is not a problem (role rule 2)
        ("针对人员力量薄弱的现状,进一步明确专人负责。", None, "measure"),
        # last year's problems fixed (role rule 6)
        ("上年指出的栏目空白问题,现已全部补齐。", None, "achievement"),
    ],
)
def test_role(text, heading, role):
    assert judged(text, heading)[0] == role


@pytest.mark.parametrize(
    "text, names",
    [
        # confusable pairs (guide, section 5)
        ("公开程序不规范。", {"mechanism"}),
        ("信息分类不准,格式不统一。", {"quality"}),
        ("公开形式的便民性不强。", {"channel"}),
        ("解读形式较为单一。", {"interpretation"}),
        ("互动渠道单一。", {"interaction"}),
        ("依申请公开答复不及时。", {"request_handling"}),
        ("部分栏目更新不及时。", {"timeliness"}),
        ("个别单位公开意识不强。", {"awareness"}),
        ("工作推进不平衡,部门配合不够。", {"coordination"}),
        ("信息发布审核把关不严。", {"review_security"}),
        ("考核机制还不完善。", {"supervision"}),
        ("群众知晓率不高,宣传力度不够。", {"publicity"}),
        ("部分链接打不开,检索功能缺失。", {"platform"}),
        ("职责分工不明,责任没有落实到人。", {"responsibility"}),
        # several aspects asserted
        ("工作人员多为兼职,致使更新不及时。", {"staff", "timeliness"}),
        ("时效性、公开广度等都还有待提高。", {"content", "timeliness"}),
        # a vague effect is not asserted
        ("工作人员变动频繁,影响了公开质量。", {"staff"}),
    ],
)
def test_aspects_of_problems(text, names):
    assert judged(text, "存在的问题") == ("problem", names)


@pytest.mark.parametrize(
    "text, names",
    [
        ("加强业务培训,不断提高规范化水平。", {"staff"}),  # goal tail
        ("抓好培训,确保公开内容及时、准确、全面。", {"staff"}),  # the formula
        ("完善工作制度,切实保障群众的知情权、监督权。", {"mechanism"}),
        ("加强组织领导,将任务分解到科室、落实到人。", {"responsibility"}),
        ("提高思想认识,加强业务培训。", {"awareness", "staff"}),
        ("将信息公开纳入年度考核,定期通报。", {"supervision"}),
        ("丰富公开内容,拓宽公开渠道。", {"content", "channel"}),
        ("落实三审三校,严把保密审查关。", {"review_security"}),
        ("采用图解、问答等方式做好政策解读。", {"interpretation"}),
    ],
)
def test_aspects_of_measures(text, names):
    assert judged(text, "改进措施") == ("measure", names)


def test_labels_belong_to_the_scheme_of_the_role():
    texts = ["公开渠道单一。", "将拓宽公开渠道。", "已拓宽公开渠道,新增公开栏3块。"]
    problem, measure, achievement = label_texts(texts)
    assert [label.key for label in problem.labels if label.accepted] == ["channel_limited"]
    assert [label.key for label in measure.labels if label.accepted] == ["channel_expand"]
    assert achievement.labels == ()
    assert all(label.origin.startswith("rule:") and 0 < label.score < 1 for label in problem.labels)


def test_traditional_script_and_printed_pinyin_are_read():
    assert judged("公開渠道較為單一,公開程序不規(guī)范。")[1] == {"channel", "mechanism"}


def test_texts_are_labelled_by_themselves():
    texts = ["公开渠道单一。", "针对上述问题,将从以下方面改进:", "加强培训。"]
    alone = [label_texts([text])[0] for text in texts]
    together = label_texts(texts)
    assert [(s.role, s.labels) for s in together] == [(s.role, s.labels) for s in alone]


@pytest.mark.parametrize("texts", [[], [""], ["\ud800"], ["\n"], ["公" * 50_000], ["一是"], ["。" * 100]])
def test_any_text_gets_a_role(texts):
    assert [statement.ordinal for statement in label_texts(texts)] == list(range(len(texts)))


def test_headings_must_match_texts():
    with pytest.raises(ValueError, match="1 headings for 2 texts"):
        label_texts(["甲", "乙"], ["改进措施"])


def test_every_aspect_has_its_own_keys():
    keys = [key for aspect in aspects().values() for key in {aspect.problem, aspect.measure}]
    assert len(aspects()) == 17
    assert len(set(keys)) == len(keys)
    assert all(weak in aspects() for aspect in aspects().values() for weak in aspect.answered_weakly_by)
