"""Hostile inputs, each made here or small enough to lie beside the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("gongkai")
REPORT = """青溪镇人民政府{year}年政府信息公开工作年度报告
一、总体情况
本年度通过微信公众号发布信息49条。
五、存在的主要问题及改进情况
一是栏目更新不及时。下一步将加强业务培训。
"""


@pytest.fixture
def gongkai():
    """A function that runs the command as a user does, in a folder; the finished process comes back."""
    if not PROGRAM.exists():
        pytest.skip("the command gongkai is not installed beside this Python")

    def run(
        *arguments: object, cwd: Path, timeout: float = 120, **environment: str
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [str(PROGRAM), *map(str, arguments)], cwd=cwd, env=os.environ | environment, timeout=timeout,
            stdin=subprocess.DEVNULL, capture_output=True, check=False,
        )  # fmt: skip

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three reports."""
    folder = tmp_path / "in"
    folder.mkdir()
    for year in (2020, 2021, 2022):
        (folder / f"{year}.txt").write_text(REPORT.format(year=year), encoding="utf-8")
    return folder
