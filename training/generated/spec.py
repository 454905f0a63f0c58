"""What a made-up report is to say, before a word of it is written."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from nlp.records import Edition
from training.generated.numbers import Cells, add, make_cells, value

# Places and bodies that do not exist.
COUNTIES = ("云溪县", "青岭县", "沐川河县", "石桥湾区", "南浦州市", "白鹭湖区", "临溪川县", "东屏山县")
TOWNS = ("白石滩镇", "柳树沟镇", "青杠岭乡", "望江亭镇", "沙坪坝子乡", "桃花渡镇")
STREETS = ("望湖路街道", "东风里街道", "金沙桥街道")
BUREAUS = ("财政局", "教育和体育局", "农业农村局", "住房和城乡建设局", "市场监督管理局", "卫生健康局", "审计局")
REFUSED = (
    "ref_state_secret", "ref_law", "ref_security", "ref_third_party", "ref_internal", "ref_process", "ref_casefile",
    "ref_query",
)  # fmt: skip
UNAVAILABLE = ("una_not_held", "una_to_create", "una_unclear")
NOT_PROCESSED = ("np_petition", "np_duplicate", "np_publication", "np_excessive", "np_reissue")
YEARS: dict[Edition, tuple[int, ...]] = {
    "free_form": (2009, 2011, 2013),
    "indicators_2014": (2015, 2016, 2017, 2018),
    "tables_2019": (2019, 2020),
    "tables_2021": (2021, 2022, 2023, 2024),
}


@dataclass(frozen=True, slots=True)
class Spec:
    """One report. ``told`` are the numbers of the narrative by name; ``seed`` chooses the wording."""

    seed: int
    edition: Edition
    kind: str
    body: str
    itself: str
    year: int
    published: date
    cells: Cells
    told: dict[str, int]
    switches: frozenset[str] = field(default_factory=frozenset)

    def tell(self, **told: int) -> Spec:
        """The same report with other numbers in its narrative."""
        return replace(self, told={**self.told, **told})

    def put(self, *cell: str, number: int) -> Spec:
        """The same report with another number in one cell."""
        table, row, column = cell
        return replace(self, cells={**self.cells, (table, row, column): str(number)})

    def switch(self, name: str) -> Spec:
        """The same report with one thing done otherwise (see ``prose`` and ``report``)."""
        return replace(self, switches=self.switches | {name})


# The form of 2021 twice: most reports that are read today bear it.
EDITIONS: tuple[Edition, ...] = ("tables_2021", "tables_2021", "tables_2019", "indicators_2014", "free_form")


def make_spec(seed: int, edition: Edition | None = None, *, blanks: float = 0.0) -> Spec:
    """A correct report: what it tells is what its tables print."""
    rng = random.Random(seed)
    form: Edition = rng.choice(EDITIONS) if edition is None else edition
    kind = rng.choice(("town", "street", "bureau", "county"))
    county = rng.choice(COUNTIES)
    town = rng.choice(TOWNS)
    body, itself = {
        "town": (f"{county}{town}人民政府", f"我{town[-1]}"),
        "street": (f"{county}{(street := rng.choice(STREETS))}办事处", "我街道" if street else ""),
        "bureau": (f"{county}{rng.choice(BUREAUS)}", "我局"),
        "county": (f"{county}人民政府", f"我{county[-1]}"),
    }[kind]
    year = rng.choice(YEARS[form])
    published = date(year + 1, 1, 4) + timedelta(rng.randint(0, 26))
    cells = make_cells(rng, form, blanks=blanks)
    return Spec(seed, form, kind, body, itself, year, published, cells, tell_of(rng, form, cells))


def tell_of(rng: random.Random, edition: Edition, cells: Cells) -> dict[str, int]:
    """The numbers of a narrative that repeats the tables, and some that stand in no table."""
    told = _from_tables(cells) if edition in ("tables_2019", "tables_2021") else _alone(rng)
    if edition == "indicators_2014":
        told |= _from_indicators(cells)
    parts = [rng.randint(20, 300) for _ in range(4)]
    told |= {f"part_{number}": part for number, part in enumerate(parts)}
    told["disclosed"] = sum(parts)
    if edition == "indicators_2014":
        told["disclosed"] = value(cells, "indicators", "disclosed_total", "value")
    told["last_received"] = max(1, told["received"] + rng.randint(-3, 9))
    told["fee"] = rng.choice([0, 0, 0, 120, 486]) if edition != "indicators_2014" else 0
    told["website"], told["wechat"] = rng.randint(40, 400), rng.randint(40, 400)
    return told


def _from_tables(cells: Cells) -> dict[str, int]:
    def total(row: str) -> int:
        return value(cells, "requests", row, "total")

    told = {
        "received": total("new_received"),
        "carried_in": total("carried_in"),
        "answered": total("results_total"),
        "carried_out": total("carried_out"),
        "natural": value(cells, "requests", "new_received", "natural_person"),
        "granted": total("granted"),
        "partial": total("partial"),
        "refused": add(cells, "requests", REFUSED, "total"),
        "unavailable": add(cells, "requests", UNAVAILABLE, "total"),
        "not_processed": add(cells, "requests", NOT_PROCESSED, "total"),
    }
    told["organisations"] = told["received"] - told["natural"]
    told["other"] = told["answered"] - sum(
        told[key] for key in ("granted", "partial", "refused", "unavailable", "not_processed")
    )
    for column in ("upheld", "corrected", "other", "pending", "total"):
        told[f"review_{column}"] = value(cells, "disputes", "review", column)
    told["direct"] = value(cells, "disputes", "direct_litigation", "total")
    told["post"] = value(cells, "disputes", "post_review_litigation", "total")
    told["litigation_upheld"] = add(cells, "disputes", ("direct_litigation", "post_review_litigation"), "upheld")
    told["litigations"] = told["direct"] + told["post"]
    for column in ("issued", "repealed", "in_force"):
        told[column] = value(cells, "disclosure", "normative_docs", column)
    return told


def _alone(rng: random.Random) -> dict[str, int]:
    """Numbers of a report without the tables of section three and four."""
    natural, organisations, carried_in = rng.randint(1, 30), rng.randint(0, 6), rng.randint(0, 3)
    received = natural + organisations
    carried_out = rng.randint(0, 2)
    answered = received + carried_in - carried_out
    partial = rng.randint(0, answered // 3)
    return {
        "received": received, "carried_in": carried_in, "answered": answered, "carried_out": carried_out,
        "natural": natural, "organisations": organisations, "granted": answered - partial, "partial": partial,
        "refused": 0, "unavailable": 0, "not_processed": 0, "other": 0, "review_total": 0, "review_upheld": 0,
        "review_corrected": 0, "review_other": 0, "review_pending": 0, "direct": 0, "post": 0, "litigations": 0,
        "litigation_upheld": 0, "issued": 0, "repealed": 0, "in_force": 0,
    }  # fmt: skip


def _from_indicators(cells: Cells) -> dict[str, int]:
    def of(row: str) -> int:
        return value(cells, "indicators", row, "value")

    received = of("applications_received")
    return {
        "received": received, "carried_in": 0, "answered": of("applications_closed"), "carried_out": 0,
        "natural": received, "organisations": 0, "granted": of("ans_granted"), "partial": of("ans_partial"),
        "refused": of("ans_refused"), "review_total": of("reviews"), "review_upheld": of("reviews_upheld"),
        "review_corrected": of("reviews_corrected"), "litigations": of("litigations"),
        "issued": of("normative_docs_issued"), "online": of("applications_online"), "letter": of("applications_letter"),
        "in_person": of("applications_in_person"), "fax": of("applications_fax"),
    }  # fmt: skip
