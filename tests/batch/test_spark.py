"""Spark gives the tables that the local engine gives."""

import json
import os
import shutil
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from nlp.batch.local import tag_files, tag_into
from nlp.batch.tagging import result_schema, tag_batch
from nlp.vocabulary.load import load

pytest.importorskip("pyspark", reason="Spark is an extra: pip install gongkai[spark]")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("java") is None and "JAVA_HOME" not in os.environ, reason="Spark needs Java 17 or newer"
    ),
]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def spark():
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    options = {
        "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2", "spark.driver.memory": "1g",
    }  # fmt: skip
    session = SparkSession.builder.master("local[2,4]").appName("tests").config(map=options).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture
def folder(tmp_path, write_reports):
    """Reports in several formats, an empty file, a binary one and a copy."""
    reports = tmp_path / "in"
    write_reports(reports, 24)
    (reports / "empty.txt").write_bytes(b"")
    (reports / "scan.pdf").write_bytes(b"%PDF-1.7")
    (reports / "zzz.html").write_bytes(next(reports.rglob("*.html")).read_bytes())
    return reports


def rows(table):
    return sorted(map(repr, table.to_pylist()))


def test_folders_give_the_same_tables(spark, folder, tmp_path):
    from nlp.batch.spark import tag_inputs

    counts = tag_inputs(spark, [folder], tmp_path / "spark")["rows"]
    tag_into([folder], tmp_path / "local")
    for name in load("codebook"):
        local, other = (
            pq.read_table(tmp_path / "local" / f"{name}.parquet"),
            pq.read_table(tmp_path / "spark" / f"{name}.parquet"),
        )
        assert other.column_names == local.column_names and counts[name] == local.num_rows
        assert [str(t) for t in other.schema.types] == [str(t) for t in local.schema.types]
        assert rows(other) == rows(local), name
    assert counts["failures"] == 3


def test_bytes_and_texts_of_a_data_frame(spark, folder, tmp_path):
    from nlp.batch.spark import tag

    files = sorted(folder.rglob("*.txt"))
    frame = spark.createDataFrame([(str(p), bytearray(p.read_bytes())) for p in files], "file string, content binary")
    found = tag(frame, content_column="content", name_column="file")
    assert rows(found["figures"].toArrow()) == rows(tag_files(files).tables["figures"])
    assert [row.code for row in found["failures"].collect()] == ["empty"]
    lines = [json.dumps({"text": "本年度通过微信公众号发布信息49条。"}, ensure_ascii=False), "{}"]
    (tmp_path / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    tables = tag(spark.read.json(str(tmp_path / "texts.jsonl")), text_column="text")
    assert [(row.channel, int(row.value)) for row in tables["channel_counts"].collect()] == [("wechat", 49)]
    assert [row.code for row in tables["failures"].collect()] == ["empty"]
    assert tables["counts"].schema["value"].metadata["zh"] == "数值"


def test_a_task_whose_worker_dies_is_tried_again(spark, folder):
    from pyspark.sql.pandas.types import from_arrow_schema

    def dies_once(batches):
        from pyspark import TaskContext

        if TaskContext.get().attemptNumber() == 0:
            os._exit(9)
        for batch in batches:
            yield tag_batch(batch)

    files = [(str(p), bytearray(str(p).encode())) for p in sorted(folder.rglob("*.txt"))]
    frame = spark.createDataFrame(files, "name string, path binary").repartition(2)
    found = frame.mapInArrow(dies_once, from_arrow_schema(result_schema())).toArrow()
    assert sorted(found["name"].to_pylist()) == [name for name, _ in files]


def test_one_column_is_to_be_named(spark):
    from nlp.batch.spark import tag

    with pytest.raises(ValueError, match="one of"):
        tag(spark.createDataFrame([("a", "b")], "a string, b string"), text_column="a", content_column="b")
