"""Samples: drawn with the probabilities that they say, in strata, the same for the same seed."""

from collections import Counter

import pytest

from nlp.conclusions.design import SampleUnusable
from nlp.conclusions.frame import LEAST_SHARE
from nlp.conclusions.sample import Wanted, draw_sample
from nlp.conclusions.tags import Tags


@pytest.fixture
def tags(tags_folder):
    with Tags(tags_folder) as opened:
        yield opened


def test_units_are_drawn_as_often_as_their_probability_says(tags):
    times, probability, draws = Counter(), {}, 60
    for seed in range(draws):
        for row in draw_sample(tags, Wanted(20, uncertain=True, seed=seed)).rows:
            times[row.report_id, row.statement_id] += 1
            probability[row.report_id, row.statement_id] = row.probability
    sure = [unit for unit, chance in probability.items() if chance == 1]
    assert all(times[unit] == draws for unit in sure)
    # Four standard errors: of some ninety units none should lie outside.
    for unit, chance in probability.items():
        assert abs(times[unit] / draws - chance) <= 4 * (chance * (1 - chance) / draws) ** 0.5 + 1e-9, unit


def test_weights_of_a_sample_add_up_to_the_frame(tags):
    plain = draw_sample(tags, Wanted(31))
    assert sum(1 / row.probability for row in plain.rows) == pytest.approx(plain.units)
    assert len(plain.rows) == 31 and plain.reports == 14


def test_no_unit_has_less_than_a_third_of_the_mean_probability(tags):
    for seed in range(5):
        design = draw_sample(tags, Wanted(20, uncertain=True, seed=seed))
        mean = 20 / design.units
        assert min(row.probability for row in design.rows) >= LEAST_SHARE * mean * 0.999


def test_strata_get_their_part_and_at_least_two(tags):
    design = draw_sample(tags, Wanted(30, by=("edition",)))
    assert [s.values for s in design.strata] == [
        ("free_form",),
        ("indicators_2014",),
        ("tables_2019",),
        ("tables_2021",),
    ]
    drawn = Counter(row.stratum for row in design.rows)
    for at, stratum in enumerate(design.strata):
        assert drawn[at] == stratum.drawn == pytest.approx(30 * stratum.units / design.units, abs=1)
    even = draw_sample(tags, Wanted(20, by=("edition",), equal=True))
    assert [s.drawn for s in even.strata] == [5, 5, 5, 5]
    by_report = draw_sample(tags, Wanted(28, by=("year", "level")))
    assert all(s.drawn == 2 for s in by_report.strata)
    assert (("2012", None)) in [
        s.values for s in by_report.strata
    ]  # a level that the report does not tell is a stratum


def test_the_same_seed_draws_the_same_sample(tags):
    assert draw_sample(tags, Wanted(20, seed=5)) == draw_sample(tags, Wanted(20, seed=5))
    assert draw_sample(tags, Wanted(20, seed=5)).rows != draw_sample(tags, Wanted(20, seed=6)).rows


def test_more_than_there_is_is_everything(tags):
    design = draw_sample(tags, Wanted(1000))
    assert len(design.rows) == design.units and all(row.probability == 1 for row in design.rows)


def test_whole_reports(tags):
    design = draw_sample(tags, Wanted(5, unit="report"))
    assert len(design.drawn_reports) == 5 and design.units == 14
    assert {row.report_id for row in design.rows} <= {report.report_id for report in design.drawn_reports}
    for report in design.drawn_reports:
        rows = [row.statement_id for row in design.rows if row.report_id == report.report_id]
        of = tags.rows(
            "SELECT statement_id FROM statements WHERE report_id = ? AND role IN ('problem', 'measure') ORDER BY 1",
            [report.report_id],
        )
        assert rows == [row[0] for row in of]  # all of the report, together, in its order


def test_annotators_share_the_overlap_and_divide_the_rest(tags):
    design = draw_sample(tags, Wanted(41, annotators=2, overlap=11))
    first, second = ({row.id for row in design.rows if number in row.sheets} for number in (0, 1))
    assert len(first & second) == 11 and len(first) == 26 and len(second) == 26


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Wanted(10, by=("year", "level")), "--n 10: too few for 14 strata by year, level. Draw at least 28"),
        (Wanted(10, by=("province",)), "--by province: the table reports has no such column"),
        (Wanted(10, roles=("problems",)), "--roles problems: no statement has this role. There are achievement"),
        (Wanted(1), "--n 1: one unit shows no variance"),
        (Wanted(10, overlap=5), "--overlap: needs several annotators"),
        (Wanted(10, annotators=2, overlap=11), "--overlap 11: more than --n 10"),
    ],
)
def test_what_cannot_be_drawn_is_said(tags, wanted, told):
    with pytest.raises(SampleUnusable) as raised:
        draw_sample(tags, wanted)
    assert told in str(raised.value)
