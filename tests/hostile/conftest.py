"""Hostile inputs, each made here or small enough to lie beside the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nlp.batch.pool import InProcess
from nlp.batch.settings import Settings
from nlp.batch.worker import Task
from nlp.cli.app import app

PROGRAM = Path(sys.executable).with_name("gongkai")
REPORT = """青溪镇人民政府{year}年政府信息公开工作年度报告
一、总体情况
本年度通过微信公众号发布信息49条。
五、存在的主要问题及改进情况
一是栏目更新不及时。下一步将加强业务培训。
"""


def _no_workers(
    jobs: int, settings: Settings, *, began: Callable[[Task, int], None], seconds_a_file: float
) -> InProcess:
    return InProcess(settings, began=began)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command printed and its exit status."""

    returncode: int
    stdout: bytes
    stderr: bytes


@pytest.fixture
def gongkai(monkeypatch: pytest.MonkeyPatch):
    """A function that runs the command in a folder, within this process; an error that would end in a traceback is raised."""

    def run(*arguments: object, cwd: Path) -> Done:
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            patch.setattr("nlp.batch.run.start_workers", _no_workers)  # a process more takes a second
            result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Done(result.exit_code, result.stdout_bytes, result.stderr_bytes)

    return run


@pytest.fixture
def program():
    """A function that runs the command as a user does, in a process of its own and in a folder."""
    if not PROGRAM.exists():
        pytest.skip("the command gongkai is not installed beside this Python")

    def run(*arguments: object, cwd: Path, timeout: float = 120, **environment: str) -> Done:
        done = subprocess.run(
            [str(PROGRAM), *map(str, arguments)], cwd=cwd, env=os.environ | environment, timeout=timeout,
            stdin=subprocess.DEVNULL, capture_output=True, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three reports."""
    folder = tmp_path / "in"
    folder.mkdir()
    for year in (2020, 2021, 2022):
        (folder / f"{year}.txt").write_text(REPORT.format(year=year), encoding="utf-8")
    return folder
