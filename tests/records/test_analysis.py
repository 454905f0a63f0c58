"""Records survive the way to JSON and back, and the schema describes what comes out."""

import json
from datetime import date
from decimal import Decimal

import jsonschema
import msgspec
import pytest

from nlp.records import (
    Analysis,
    Answer,
    Block,
    Cell,
    ChannelCount,
    Contact,
    Count,
    Figure,
    Identity,
    Issue,
    Label,
    Quantity,
    Repair,
    Section,
    Source,
    Span,
    Statement,
    json_schema,
)  # fmt: skip


@pytest.fixture
def analysis():
    number = Quantity(Decimal("75800.50"), "条", "approx", Span(3, 7))
    label = Label("problem", "timeliness_poor", 0.75, "rule:x", True)
    return Analysis(
        source=Source(
            "0" * 16, "a.txt", "text/plain", "utf-8", "0" * 64, "一、总体情况\n无",
            (Block("table", Span(0, 6), 0, (Cell(Span(0, 1), 0, 0, 2, 3),)),), (Repair("spam", Span(1, 2), "其他"),),
        ),
        identity=Identity("标题", year=2021, published_on=date(2022, 1, 5), spans={"title": Span(0, 2)}),
        sections=(Section("overview", 1, Span(0, 6), Span(0, 8)),),
        statements=(Statement(Span(0, 2), None, "", 0, "problem", 0.5, (label,), (Answer(1, 0.25),)),),
        contacts=(Contact("phone", "0851-12345678", Span(0, 1), True),),
        channel_counts=(ChannelCount("wechat+weibo", number, "shared", "政策文件"),),
        counts=(Count("disclosed_total", number, None, "cumulative"),),
        figures=(Figure("requests", "granted", "total", "ambiguous", candidates=(Decimal(0), Decimal(8))),),
        issues=(Issue("x", "error", "说明", "1", "2", (Span(1, 2),)),),
        versions={"gongkai": "0"},
    )  # fmt: skip


def test_to_dict_loses_nothing(analysis):
    as_json = json.dumps(analysis.to_dict(), ensure_ascii=False)
    assert Analysis.from_dict(json.loads(as_json)) == analysis


def test_spans_decimals_and_dates_are_plain(analysis):
    values = analysis.to_dict()
    assert values["sections"][0]["span"] == {"start": 0, "end": 8}
    assert values["counts"][0]["quantity"]["value"] == "75800.50"
    assert values["identity"]["published_on"] == "2022-01-05"


def test_schema_describes_the_dictionary(analysis):
    values = json.loads(json.dumps(analysis.to_dict()))
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(values, schema)
    values["figures"][0]["status"] = "guessed"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(values, schema)


def test_a_wrong_dictionary_is_refused_with_the_place(analysis):
    values = analysis.to_dict()
    del values["statements"][0]["role"]
    with pytest.raises(msgspec.ValidationError, match=r"role.*statements"):
        Analysis.from_dict(values)


def test_records_are_frozen(analysis):
    with pytest.raises(AttributeError):
        analysis.identity.year = 2022
