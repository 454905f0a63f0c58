"""The process in which uploads are read: it may hang, crash or swell, and only the file at hand is lost.

Documents are taken apart in a further process of their own (``nlp.reading.isolated``) with the limits of reading; what is
read here by itself are texts and web pages.
"""

from __future__ import annotations

from nlp.analyse import analyse_text
from nlp.batch.checked import check_source
from nlp.checking.across import check_across
from nlp.checking.fingerprint import packed, unpacked
from nlp.desk.messages import (
    Annotate,
    Compare,
    Compared,
    Draw,
    Examine,
    Examined,
    Made,
    Member,
    Members,
    Refused,
    Reply,
    Task,
    encoded,
    task_of,
)
from nlp.desk.pictures import draw_page, page_heights
from nlp.inputs.collections import Item, items_of_bytes
from nlp.reading.files import read_bytes
from nlp.records import Failure, ReportUnreadable, Skipped
from nlp.workers.serving import Channel, limit_memory, refuse_network

MEMORY = 4 * 2**30  # bytes of address space, as for the recognition of scans


def main() -> None:
    """Answer until the desk is gone."""
    channel = Channel()
    refuse_network()
    limit_memory(MEMORY)
    analyse_text("本年度公开信息1条。")  # the first report need not wait for the model
    for question in channel.questions():
        channel.answer(encoded(answer(task_of(question))))


def answer(task: Task) -> Reply:
    """What becomes of a task; a file that cannot be read is refused with the reason."""
    try:
        match task:
            case Examine():
                return _examine(task)
            case Compare():
                prints = [unpacked(data) for data in task.prints]
                return Compared(tuple(check_across(prints, copied_share=task.settings.copied_share)))
            case Draw():
                return Made(draw_page(task.data, task.name, task.page))
            case Annotate():
                from nlp.output.comments import with_comments

                return Made(with_comments(task.data, task.name, task.notes))
    except ReportUnreadable as error:
        return Refused(Failure(getattr(task, "name", ""), error.stage, error.code, error.message, error.hint))
    except (MemoryError, RecursionError) as error:
        name = getattr(task, "name", "")
        return Refused(
            Failure(
                name, "read", "memory", f"{name}: too large to be read ({type(error).__name__}).", "Split the file."
            )
        )


def _examine(task: Examine) -> Reply:
    members = list(items_of_bytes(task.data, task.name))
    if len(members) == 1 and isinstance(members[0], Item) and members[0].content == task.data:
        if not task.data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
            raise ReportUnreadable("empty", f"{task.name}: nothing is in the file.", "Fetch the report again.", "open")
        source = read_bytes(task.data, name=task.name)
        analysis, report, print_ = check_source(task.name, source, task.settings)
        heights = page_heights(task.data, task.name) if source.printed else ()
        return Examined(analysis, report, packed(print_), heights)
    return Members(
        tuple(
            Member(item.name, item.content)
            if isinstance(item, Item) and item.failure is None and isinstance(item.content, bytes)
            else Member(item.name, failure=_failure(item))
            for item in members
        )
    )


def _failure(item: Item | Skipped) -> Failure:
    if isinstance(item, Skipped):
        return Failure(item.name, "open", item.reason, f"{item.name}: left out ({item.reason}).", item.hint)
    if item.failure is None:
        return Failure(item.name, "open", "unsupported_format", f"{item.name}: is no file.", "Unpack the archive.")
    return Failure(item.name, item.failure.stage, item.failure.code, item.failure.message, item.failure.hint)
