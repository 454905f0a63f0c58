"""A figure of a study: its chart, the numbers behind it, and what a reader must know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from nlp.conclusions.tables import Columns

if TYPE_CHECKING:
    import altair as alt

Language = Literal["zh", "en"]
Text = tuple[str, str]  # Chinese, English


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart under a ``name`` that its files bear; ``rows`` are all numbers in it, with their ``columns``."""

    name: str
    title: str
    note: str
    chart: alt.TopLevelMixin
    rows: Sequence[dict[str, Any]]
    columns: Columns


def said(text: Text, language: Language) -> str:
    """A text in the language of the figures."""
    return text[language == "en"]


def data(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Rows as the data of a chart."""
    import altair as alt

    return alt.InlineData(values=[dict(row) for row in rows])


def titled(chart: alt.TopLevelMixin, title: str, subtitle: str = "") -> Any:
    """The chart with its title, and a second line that says what is counted."""
    import altair as alt

    return chart.properties(title=alt.TitleParams(title, subtitle=[subtitle] if subtitle else []))
