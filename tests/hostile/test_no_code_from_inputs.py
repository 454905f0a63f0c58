"""Nothing that lies where the inputs lie, or where a command is started, is run or imported."""

from __future__ import annotations

import io
import os
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

CAUGHT = "import os\nopen({marker!r}, 'a').write(__file__ + '\\n')\n"
# Modules that our processes import: of the standard library, of others, our own, and what Python looks for by itself.
MODULES = (
    "json", "typing", "hashlib", "sitecustomize", "usercustomize", "msgspec", "numpy", "pyarrow", "selectolax",
    "pypdfium2", "openpyxl", "rich", "typer", "pyspark", "joblib", "sklearn",
)  # fmt: skip
PACKAGES = ("nlp", "training", "models", "encodings", "ctypes")
PROGRAMS = ("soffice", "libreoffice", "unshare", "java")
COMMANDS = {
    "tag": ("tag", ".", "--out", "../out", "--jobs", "2", "--format", "parquet,csv,jsonl,xlsx,duckdb"),
    "tag beside": ("tag", "{folder}", "--out", "../out"),
    "show": ("show", "report.docx"),
    "show old Word": ("show", "old.rtf"),
    "check": ("check", ".", "--jobs", "2"),
    "train": ("train", "labelled.csv", "--out", "../model", "--folds", "2"),
    "evaluate": ("evaluate", "{models}/statements", "labelled.csv"),
}


def set_traps(folder: Path, marker: Path) -> None:
    trap = CAUGHT.format(marker=str(marker))
    for name in MODULES:
        (folder / f"{name}.py").write_text(trap)
    for name in PACKAGES:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(trap)
    for name in PROGRAMS:
        (folder / name).write_text(f"#!/bin/sh\necho {name} >> {marker}\n")
        (folder / name).chmod(0o755)


def word_document() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        paragraphs = "".join(
            f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in ("青溪镇2022年政府信息公开工作年度报告", "公开9条。")
        )
        namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        file.writestr(
            "word/document.xml", f'<w:document xmlns:w="{namespace}"><w:body>{paragraphs}</w:body></w:document>'
        )
    return data.getvalue()


@pytest.fixture
def trapped(folder: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A folder of reports full of traps, and the file in which they would leave their names."""
    marker = tmp_path / "caught"
    set_traps(folder, marker)
    (folder / "report.docx").write_bytes(word_document())
    (folder / "old.rtf").write_text(r"{\rtf1\ansi year report}")
    rows = [f"更新不及时，第{n}处。,timeliness_poor,{n}" for n in range(12)] + [
        f"人员不足，第{n}处。,staff_shortage,{n}" for n in range(12)
    ]
    (folder / "labelled.csv").write_text("text,label,group\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return folder, marker


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_trap_is_never_entered(command, trapped, program, tmp_path):
    folder, marker = trapped
    models = Path(__file__).parents[2] / "models"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    arguments = [part.format(folder=folder, models=models) for part in command]
    cwd = elsewhere if "{folder}" in "".join(command) else folder
    done = program(*arguments, cwd=cwd, PATH=os.pathsep.join([".", "", os.environ["PATH"]]))
    assert not marker.exists(), marker.read_text()
    assert done.returncode in (0, 1) and b"Traceback" not in done.stderr, done.stderr.decode()


def test_a_script_beside_the_traps_starts_clean_workers(trapped, tmp_path):
    """Python puts the script's folder on its own path; workers and readers of documents do not take it over."""
    import subprocess

    folder, marker = trapped
    (folder / "run.py").write_text(
        f"import sys\nsys.path.remove({str(folder)!r})\nimport nlp\nfrom nlp.batch.local import tag_into\nsys.path.insert(0, {str(folder)!r})\n"
        "from pathlib import Path\ntag_into(['.'], Path('../out'), jobs=2)\n"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    for start in (
        [str(folder / "run.py")],
        ["-c", (folder / "run.py").read_text().replace(f"sys.path.remove({str(folder)!r})", "sys.path.remove('')")],
    ):
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        done = subprocess.run([sys.executable, *start], cwd=folder, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        assert not marker.exists(), marker.read_text()
        assert (tmp_path / "out" / "reports.parquet").exists()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java 17 or newer")
def test_spark_workers_import_nothing_from_there(trapped, program, tmp_path):
    pytest.importorskip("pyspark", reason="Spark is an extra: pip install gongkai[spark]")
    folder, marker = trapped
    done = program("tag", "2020.txt", "2021.txt", "--out", "../out", "--engine", "spark", cwd=folder, timeout=300)
    assert not marker.exists(), marker.read_text()
    assert b"2 reports, 0 not read" in done.stderr, done.stderr.decode()
