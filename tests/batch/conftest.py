"""Generated reports for the tests of batches."""

import importlib.util
import sys
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("generated", Path(__file__).parents[1] / "generated.py")
generated = importlib.util.module_from_spec(_spec)
sys.modules["generated"] = generated
_spec.loader.exec_module(generated)

PASSAGE = """{issuer}{year}年政府信息公开工作年度报告
一、总体情况
全年主动公开政府信息{number}条,通过微信公众号发布{number}条。联系电话:0851-3572{number:04}。
五、存在的主要问题及改进情况
一是栏目更新不及时。下一步将加强业务培训。
"""


@pytest.fixture
def write_reports():
    """A function that writes generated reports below a folder."""
    return generated.write_reports


@pytest.fixture
def write_passages():
    """A function that writes so many short reports into a folder: quick to tag."""

    def write(folder, count):
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(count):
            text = PASSAGE.format(issuer="云溪县财政局", year=2014 + number % 11, number=number)
            (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")
        return folder

    return write
