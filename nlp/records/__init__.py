"""The records of a report: plain, frozen, typed; no code that fills them."""

from nlp.records.analysis import Analysis, Failure, Issue, Severity, Skipped, json_schema
from nlp.records.errors import OutputRefused, ReportUnreadable
from nlp.records.findings import (
    Answer,
    ChannelCount,
    Contact,
    Count,
    Figure,
    FigureStatus,
    Label,
    Period,
    Qualifier,
    Quantity,
    Remark,
    Role,
    Scope,
    Statement,
)
from nlp.records.report import Edition, Identity, Level, Section, SectionKey
from nlp.records.text import Block, Cell, Printed, Repair, Source, Span

__all__ = [
    "Analysis", "Answer", "Block", "Cell", "ChannelCount", "Contact", "Count", "Edition", "Failure", "Figure",
    "FigureStatus", "Identity", "Issue", "Label", "Level", "OutputRefused", "Period", "Printed", "Qualifier", "Quantity", "Remark", "Repair", "ReportUnreadable",
    "Role", "Scope", "Section", "SectionKey", "Severity", "Skipped", "Source", "Span", "Statement", "json_schema",
]  # fmt: skip
