"""The Chinese names of metrics."""

from __future__ import annotations

from nlp.vocabulary.load import load


def metric_name(metric: str) -> str:
    """The name of a metric as metrics.toml gives it; the id itself when there is none.

    >>> metric_name("applications_received")
    '收到申请'
    """
    entry = load("metrics").get(metric)
    return str(entry["zh"]) if isinstance(entry, dict) and "zh" in entry else metric
