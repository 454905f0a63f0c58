"""The wheel alone, in an empty environment, does what the checkout does: vocabulary, model and page come with it."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command, cwd):
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run([str(c) for c in command], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.slow
def test_the_wheel_tags_reports_in_an_empty_environment(tmp_path):
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ROOT, cwd=tmp_path)
    [wheel] = tmp_path.glob("gongkai-*.whl")
    venv.create(tmp_path / "empty", with_pip=True)
    python = tmp_path / "empty" / "bin" / "python"
    pip = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.txt", cwd=tmp_path)
    run(*pip, "--no-deps", wheel, cwd=tmp_path)
    gongkai = tmp_path / "empty" / "bin" / "gongkai"
    report = ROOT / "corpora" / "reports" / "2021-township-qingwu.txt"
    out = run(gongkai, "tag", report, "--out", "tags", "--format", "csv,parquet", cwd=tmp_path)
    assert "figures" in out and (tmp_path / "tags" / "codebook.md").exists()
    assert "model:statements@" in (tmp_path / "tags" / "labels.csv").read_text(encoding="utf-8-sig")
    run(gongkai, "show", report, "--html", "page.html", cwd=tmp_path)
    assert "青芜镇" in (tmp_path / "page.html").read_text(encoding="utf-8")
    where = run(python, "-c", "import nlp, training; print(nlp.__file__)", cwd=tmp_path)
    assert str(tmp_path) in where
