"""One number for several members of a list, and several numbers for several members."""

from __future__ import annotations

import re

from nlp.extraction.binding import members_of
from nlp.extraction.channels import Carrier
from nlp.extraction.cues import Metric
from nlp.extraction.fields import Field
from nlp.extraction.grammar import reading
from nlp.extraction.memory import Fact
from nlp.extraction.parts import state_each_class
from nlp.extraction.tally import Tally
from nlp.records import ChannelCount


def distribute(tally: Tally, field: Field, carrier: Carrier | None) -> bool:
    """各N条, 均为N件, 分别为N件、M件; a zero after a coordination is a zero for each member."""
    left = tally.passage.text[field.clause_start : field.number.start]
    each, respective = reading("each").search(left), reading("respective").search(left)
    if not each and not respective and field.number.value:
        return False
    members = members_of(tally.passage, tally.memory, field, carrier)
    if not respective:
        members = list({m.key if isinstance(m, Metric) else m: m for m in members}.values())
    if len(members) < 2:
        return bool(each) and carrier is None and state_each_class(tally, field)
    if respective and not each:
        _give(tally, field, members[0])
        tally.memory.waiting = members[1:]
    else:
        for member in members:
            _give(tally, field, member)
    return True


def give_waiting(tally: Tally, field: Field) -> bool:
    """The second or a later number of 分别为N件、M件 to the member it belongs to; false when none waits for it."""
    if tally.memory.waiting and re.fullmatch(r"[、,和及与]{1,2}", field.gap):
        _give(tally, field, tally.memory.waiting.pop(0))
        return True
    tally.memory.waiting = []
    return False


def _give(tally: Tally, field: Field, member: str | Metric) -> None:
    if isinstance(member, Metric):
        tally.count(member.key, field)
        tally.memory.remember(Fact(member.key, (), field.number))
    else:
        tally.channel_counts.append(ChannelCount(member, tally.passage.quantity(field.number), "year"))
        tally.memory.last = Fact("", (member,), field.number)
