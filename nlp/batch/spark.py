"""The same tables from a Spark cluster (extra ``spark``).

Every row of a data frame goes through ``tag_batch``, the function that the local workers run, by ``mapInArrow``: one
stage, no shuffle. The result is kept once, one row a report; each table is made from it by unpacking a column.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nlp.batch.fingerprint import conditions
from nlp.batch.local import check_out, write_beside
from nlp.batch.settings import PLAIN, Settings
from nlp.inputs.inventory import STATE_FOLDER, Found, look_into
from nlp.inputs.paths import expanded, printable, sort_key
from nlp.output.frames import schema
from nlp.output.manifest import put_in_place
from nlp.output.rows import TABLES
from nlp.records import Skipped
from nlp.vocabulary.load import load
from nlp.workers.interpreter import import_paths

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import Column, DataFrame, SparkSession

ROWS_A_BATCH = 64  # Spark's own 10,000 would hold 40 million characters and all their results in memory at once
FILES_A_PARTITION = 512  # a few seconds of work: what a lost executor costs
DATA_SUFFIXES = frozenset({".parquet", ".jsonl", ".ndjson"})


def tag(
    dataframe: DataFrame,
    *,
    text_column: str | None = None,
    content_column: str | None = None,
    path_column: str | None = None,
    name_column: str | None = None,
    settings: Settings = PLAIN,
    store: str | None = None,
) -> dict[str, DataFrame]:
    """The tables of the reports in a data frame, as data frames by name (with ``failures``).

    Parameters
    ----------
    text_column, content_column, path_column : one of the three: texts, the bytes of files (as ``binaryFile`` reads
        them), or
        paths that every node can open
    name_column : what each report is called, different for each; its suffix tells the format of ``content_column``.
        The path,
        or a number, unless given
    settings : which model labels (a folder that every node can open), and whether persons are hidden
    store : a folder that all nodes can write: results are put there as Parquet first, so that nothing is analysed
        twice.
        Without it they are kept in the memory and on the disks of the executors

    Of reports with the same bytes, the one whose name sorts first is in the tables, the others are listed in
    ``failures``.

    Raises ``ValueError`` unless exactly one of the three columns is given.
    """
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema
    from pyspark.storagelevel import StorageLevel

    from nlp.batch.tagging import result_schema

    given = {"text": text_column, "content": content_column, "path": path_column}
    values = {kind: column for kind, column in given.items() if column is not None}
    if len(values) != 1:
        raise ValueError("Give one of text_column, content_column and path_column.")
    ((kind, column),) = values.items()
    value = f.col(column).cast("string" if kind == "text" else "binary").alias(kind)
    if name_column is None and kind == "path":
        name_column = column
    name = (
        f.col(name_column).cast("string") if name_column else f.concat(f.lit("row-"), f.monotonically_increasing_id())
    )
    spark = dataframe.sparkSession
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", str(ROWS_A_BATCH))
    schema = from_arrow_schema(result_schema())
    results = dataframe.select(name.alias("name"), value).mapInArrow(_tagger(settings), schema)
    if store is not None:
        results.write.mode("overwrite").parquet(store)
        results = spark.read.schema(schema).parquet(store)
    else:
        results = results.persist(StorageLevel.MEMORY_AND_DISK)
    return _tables(results)


def tag_inputs(
    spark: SparkSession,
    inputs: Iterable[str | Path],
    out: Path,
    *,
    text_column: str = "text",
    name_column: str | None = None,
    settings: Settings = PLAIN,
    force: bool = False,
) -> dict[str, Any]:
    """Tag reports into a folder of Parquet per table (``reports.parquet/``) in ``out``; what ``run.json`` says comes back.

    Nothing is written when no report could be read.

    Parameters
    ----------
    inputs : files and folders that every node can open, or Parquet and JSON Lines files (``.parquet``, ``.jsonl``)
        with texts
    text_column, name_column : columns of those
    force : replace the results of an earlier run

    Raises
    ------
    ValueError : reports and data files are mixed
    OutputRefused : ``out`` holds results of an earlier run, or other files where the tables belong
    """
    from pyspark.sql.pandas.types import from_arrow_schema

    inputs = list(inputs)
    check_out(out, inputs, ["parquet"], start="restart" if force else "new")
    paths = [os.fspath(path) for path in inputs]
    data = [path for path in paths if Path(path).suffix in DATA_SUFFIXES]
    if data and len(data) < len(paths):
        raise ValueError("Reports and data files with texts cannot be mixed. Tag them one after the other.")
    left_out: list[Skipped] = []
    new, store = out / STATE_FOLDER / "new", out / STATE_FOLDER / "results"
    shutil.rmtree(new, ignore_errors=True)
    if data:
        frames = [spark.read.parquet(p) if p.endswith(".parquet") else spark.read.json(p) for p in data]
        columns = [text_column, *([name_column] if name_column else [])]
        frame = frames[0].select(*columns)
        for other in frames[1:]:
            frame = frame.unionByName(other.select(*columns))
        tables = tag(frame, text_column=text_column, name_column=name_column, settings=settings, store=os.fspath(store))
    else:
        files, left_out = _files(paths)
        parts = max(spark.sparkContext.defaultParallelism, -(-len(files) // FILES_A_PARTITION))
        frame = spark.createDataFrame(spark.sparkContext.parallelize(files, parts), "path string")
        tables = tag(frame, path_column="path", settings=settings, store=os.fspath(store))
    skipped = [(item.name, item.reason, item.hint) for item in left_out]
    tables["skipped"] = spark.createDataFrame(skipped, from_arrow_schema(schema("skipped"))).coalesce(1)
    counts = {}
    for name, table in tables.items():
        path = os.fspath(new / f"{name}.parquet")
        table.write.mode("overwrite").option("compression", "zstd").parquet(path)
        counts[name] = spark.read.schema(table.schema).parquet(path).count()
    result = _summary(spark, new, counts, settings=settings)
    if result["reports"]:
        write_beside(new, ["parquet"], settings.labels())
        put_in_place(new, out, result, reads=paths)
    for folder in (new, store):
        shutil.rmtree(folder, ignore_errors=True)
    return result


def _files(paths: Iterable[str]) -> tuple[list[tuple[str]], list[Skipped]]:
    """The files to read, each once, and what is left out of folders; archives are, since every node opens files."""
    files: dict[str, str] = {}
    left_out: list[Skipped] = []
    for path in expanded(paths):
        for found in look_into(path, tables=False) if os.path.isdir(path) else [Found(path)]:
            if isinstance(found, Skipped):
                left_out.append(found)
            elif found.collection:
                left_out.append(Skipped(printable(found.path), "archive", "Unpack it: Spark reads files and tables."))
            else:
                files.setdefault(os.path.abspath(found.path), found.path)
    return [(path,) for path in sorted(files.values(), key=sort_key)], sorted(left_out, key=lambda item: item.name)


def _summary(spark: SparkSession, new: Path, counts: dict[str, int], *, settings: Settings) -> dict[str, Any]:
    def numbers(table: str, column: str) -> dict[str, int]:
        rows = spark.read.parquet(os.fspath(new / f"{table}.parquet")).groupBy(column).count().collect()
        return {row[column]: row["count"] for row in sorted(rows)}

    codes = numbers("failures", "code")
    known = conditions(settings)
    return {
        "versions": {name: value for name, value in known.items() if name not in settings.as_dict()}
        | {"spark": spark.version},
        "settings": {
            "engine": "spark", "master": spark.sparkContext.master, "formats": ["parquet"], "by_year": False,
            **settings.as_dict(),
        },
        "taxonomy": settings.taxonomy(),
        "files": counts["reports"] + counts["failures"],
        "reports": counts["reports"],
        "copies": codes.pop("duplicate", 0),
        "failures": codes,
        "skipped": numbers("skipped", "reason"),
        "rows": counts,
    }  # fmt: skip


def session(master: str | None = None) -> SparkSession:
    """The Spark session of this process: one that exists, what ``spark-submit`` configured, or all cores here."""
    from pyspark.sql import SparkSession

    # Not under spark-submit, and no other chosen: workers need the Python that has this package.
    if "PYSPARK_GATEWAY_PORT" not in os.environ and "PYSPARK_PYTHON" not in os.environ:
        os.environ["PYSPARK_PYTHON"] = sys.executable
        os.environ["PYTHONPATH"] = os.pathsep.join(import_paths())
    # Spark starts its Python workers by ``python -m``, which would import from the folder that they start in.
    os.environ["PYTHONSAFEPATH"] = "1"
    builder = SparkSession.builder.appName("gongkai").config("spark.sql.session.timeZone", "UTC")
    builder = builder.config("spark.executorEnv.PYTHONSAFEPATH", "1")
    if master is not None:
        builder = builder.master(master)
    return builder.getOrCreate()


def _tagger(settings: Settings) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def tag_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        from nlp.batch.tagging import (
            tag_batch,  # on the executor; Spark keeps its Python workers, so the model is loaded once
        )

        for batch in batches:
            yield tag_batch(batch, settings)

    return tag_batches


def _tables(results: DataFrame) -> dict[str, DataFrame]:
    from pyspark.sql import functions as f

    digests = results.where(f.col("sha256").isNotNull()).select("sha256", "name")
    first = digests.groupBy("sha256").agg(f.min("name").alias("first"), f.count("*").alias("n")).where("n > 1")
    copies = digests.join(first, "sha256").where("name <> first").select("name", "first")
    kept = results.join(f.broadcast(copies.select("name")), "name", "left_anti")
    tables = {name: kept.select(f.explode(name).alias("row")).select(*_columns(name)) for name in TABLES}
    listed = copies.select(
        f.struct(
            "name",
            f.lit("read").alias("stage"),
            f.lit("duplicate").alias("code"),
            f.concat("name", f.lit(": the same bytes as "), "first", f.lit(".")).alias("message"),
            f.lit("Nothing: the report is in the tables once.").alias("hint"),
        ).alias("row")
    )
    failures = results.select(f.explode("failures").alias("row")).unionByName(listed)
    return {**tables, "failures": failures.select(*_columns("failures"))}


def _columns(table: str) -> list[Column]:
    from pyspark.sql import functions as f

    return [
        f.col(f"row.{name}").alias(name, metadata={"comment": text, "zh": zh})
        for name, _, zh, text in load("codebook")[table]["columns"]
    ]
