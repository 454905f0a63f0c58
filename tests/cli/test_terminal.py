"""Every command prints through one door, which lets nothing out that a terminal would obey."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

COMMANDS = Path(__file__).parents[2] / "nlp" / "cli"
OTHER_DOORS = re.compile(r"typer\.echo\(|rich\.markup|\bprint\(|from rich\.console|sys\.stdout|json\.dumps\(")
DOORS = {"terminal.py", "messages.py", "log.py"}  # what is printed for a person, and events as ASCII


@pytest.mark.parametrize(
    "path", [p for p in sorted(COMMANDS.glob("*.py")) if p.name not in DOORS], ids=lambda p: p.name
)
def test_a_command_prints_through_the_door(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [line.strip() for line in lines if OTHER_DOORS.search(line) and not re.search(r"\.print\(|def ", line)]
    assert not found, f"use echo, print_json and console_of of nlp.cli.terminal, say of nlp.cli.messages: {found}"
