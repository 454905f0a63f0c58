"""What is raised when a file cannot be read. Bad programs raise; bad reports become issues; bad files become failures."""

from __future__ import annotations


class ReportUnreadable(Exception):
    """A file that cannot be read as a report.

    Parameters
    ----------
    code : short id of the cause, such as ``empty`` or ``binary``
    message : what was found, and where
    hint : what to do about it
    stage : the step that gave up: ``open``, ``decode``, ``read``
    """

    def __init__(self, code: str, message: str, hint: str, stage: str = "read") -> None:
        super().__init__(f"{message} {hint}")
        self.code, self.message, self.hint, self.stage = code, message, hint, stage


class OutputRefused(Exception):
    """A place that nothing may be written to, since what is there is not ours; the message says what to do."""
