"""A small corpus of invented statements, in this project's form and in others'."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pytest

from training.examples import read_corpus
from training.settings import read_settings
from training.train import train

# Each theme: the label as problem and as measure, and wordings of the same thing.
THEMES = {
    "timeliness": (
        "timeliness_poor",
        "timeliness_improve",
        ["栏目更新", "动态信息发布", "财政数据上网", "人事信息更新"],
    ),
    "staff": ("staff_capacity", "staff_training", ["经办人员业务", "信息员队伍", "窗口同志的条例学习", "专职人员配备"]),
    "channel": ("channel_limited", "channel_expand", ["公开渠道", "线下查阅点", "村级公示栏", "新媒体公开形式"]),
}
PLACES = ["青禾镇", "柳塘乡", "石坪街道", "云岭县", "白鹭区", "枫桥镇", "沙河乡", "杏林街道", "南浦县", "松涛镇"]
WORDINGS = {
    "problem": "{place}的{thing}还不够到位，与群众期待有差距",
    "measure": "下一步{place}将进一步抓好{thing}这项工作",
    "achievement": "今年以来{place}已完成{thing}的整改任务",
    "boilerplate": "总体来看{place}的工作取得了一定成绩",
}


def statements():
    """Role, labels, text and group of each invented statement."""
    for number, place in enumerate(PLACES):
        for problem, measure, things in THEMES.values():
            for thing in things[: 2 + number % 3]:
                for role, wording in WORDINGS.items():
                    labels = {"problem": [problem], "measure": [measure]}.get(role, [])
                    yield role, labels, wording.format(place=place, thing=thing), place


@pytest.fixture(scope="session")
def passages(tmp_path_factory):
    """The statements as passages: one for each place and theme."""
    path = tmp_path_factory.mktemp("corpus") / "passages.jsonl"
    by_place: dict[str, list] = {}
    for role, labels, text, place in statements():
        by_place.setdefault(place, []).append((role, labels, text))
    lines = []
    for number, (place, found) in enumerate(by_place.items()):
        order = ["boilerplate", "achievement", "problem", "measure"]
        found = sorted(found, key=lambda s: order.index(s[0]))
        text, spans = "五、存在的主要问题及改进情况\n", []
        heading = {"start": 0, "end": len(text) - 1}
        seen = set()
        for role, labels, words in found:
            if words not in seen:
                seen.add(words)
                spans.append({"start": len(text), "end": len(text) + len(words) + 1, "role": role, "labels": labels})
                text += words + "。"
        about = {
            "id": f"p{number}",
            "family": f"f{number}",
            "body": place,
            "level": "township",
            "year": 2015 + number % 5,
        }
        about |= {"type": "annual_report", "trade": "乡镇", "text": text, "headings": [heading], "statements": spans}
        lines.append(json.dumps(about, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def rows():
    """Problems as rows of a foreign corpus: text, labels, group and year."""
    found = {}
    for role, labels, text, place in statements():
        if role == "problem":
            found[text] = (text, ["时效" if "timeliness_poor" in labels else labels[0]], place, 2015 + len(place))
    rows = list(found.values())
    both = [(f"{a[0]}；{b[0]}", a[1] + b[1], a[2], a[3]) for a, b in zip(rows[::9], rows[5::9], strict=False)]
    return rows + [row for row in both if len(set(row[1])) == 2]


@pytest.fixture(scope="session")
def sheet(rows, tmp_path_factory):
    """The rows as a CSV file."""
    path = tmp_path_factory.mktemp("sheet") / "problems.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("text", "label", "group", "year"))
        writer.writerows((text, "|".join(labels), group, year) for text, labels, group, year in rows)
    return path


@pytest.fixture(scope="session")
def quick():
    """Settings under which a training run takes a moment."""
    settings = read_settings(folds=3)
    return replace(settings, report=replace(settings.report, bootstrap=50))


@pytest.fixture(scope="session")
def ours(passages, quick, tmp_path_factory):
    """A model of the passages."""
    return train(read_corpus(passages), tmp_path_factory.mktemp("model") / "ours", settings=quick)


@pytest.fixture(scope="session")
def theirs(sheet, quick, tmp_path_factory):
    """A model of the sheet."""
    return train(read_corpus(sheet), tmp_path_factory.mktemp("model") / "theirs", settings=quick)
