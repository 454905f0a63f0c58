"""Descriptions of a release for machines: a Frictionless data package and a Croissant dataset."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nlp.conclusions.design import sha256_of
from nlp.conclusions.release.about import About
from nlp.output.package import data_package
from nlp.vocabulary.load import load

DATA_TYPES = {
    "string": "sc:Text", "integer": "sc:Integer", "float": "sc:Float", "decimal": "sc:Float", "boolean": "sc:Boolean",
    "date": "sc:Date",
}  # fmt: skip
CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column", "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/", "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "dct": "http://purl.org/dc/terms/", "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"}, "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject", "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path", "recordSet": "cr:recordSet",
    "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace", "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source", "subField": "cr:subField", "transform": "cr:transform",
}  # fmt: skip
DESCRIPTION = "Tables read from annual reports on information disclosure of Chinese public bodies (政府信息公开工作年度报告), with the place of every value."


def slug(title: str) -> str:
    """A name of small letters, digits and hyphens, as data packages want one."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "gongkai-dataset"


def package(about: About, folder: Path) -> dict[str, Any]:
    """datapackage.json of the CSV files, with size and digest of each; the Parquet files are Croissant's."""
    described = data_package(["csv"])
    for resource in described["resources"]:
        path = folder / "data" / resource["path"]
        resource |= {
            "path": f"data/{resource['path']}",
            "bytes": path.stat().st_size,
            "hash": f"sha256:{sha256_of(path)}",
        }
    return described | {
        "name": slug(about.title),
        "title": about.title,
        "description": about.description or DESCRIPTION,
        "version": about.version,
        "created": f"{about.issued}T00:00:00Z",
        "licenses": [{"name": about.licence, "path": about.licence_url}],
        "contributors": [
            {"title": creator.name, "role": "author"} | ({"path": creator.orcid} if creator.orcid else {})
            for creator in about.creators
        ],
        **({"homepage": about.url} if about.url else {}),
    }


def croissant(about: About, folder: Path) -> dict[str, Any]:
    """croissant.json: the Parquet files, a record set a table, keys and references among them."""
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": slug(about.title),
        "alternateName": about.title,
        "description": about.description or DESCRIPTION,
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "citeAs": about.citation(),
        "creator": [
            {"@type": "sc:Person", "name": creator.name} | ({"url": creator.orcid} if creator.orcid else {})
            for creator in about.creators
        ],
        "datePublished": str(about.issued),
        "license": about.licence_url,
        "url": about.url or "https://example.org/unpublished",
        "version": about.version,
        "inLanguage": ["zh", "en"],
        "distribution": [_file(folder, name) for name in load("codebook")],
        "recordSet": [_records(name, table) for name, table in load("codebook").items()],
    }


def _file(folder: Path, name: str) -> dict[str, Any]:
    path = folder / "data" / f"{name}.parquet"
    return {
        "@type": "cr:FileObject",
        "@id": f"{name}.parquet",
        "name": f"{name}.parquet",
        "contentUrl": f"data/{name}.parquet",
        "contentSize": f"{path.stat().st_size} B",
        "encodingFormat": "application/x-parquet",
        "sha256": sha256_of(path),
    }


def _records(name: str, table: Mapping[str, Any]) -> dict[str, Any]:
    names = [column for column, *_ in table["columns"]]
    fields = []
    for column, kind, _, text in table["columns"]:
        field: dict[str, Any] = {
            "@type": "cr:Field",
            "@id": f"{name}/{column}",
            "name": column,
            "description": text,
            "dataType": DATA_TYPES[kind],
            "source": {"fileObject": {"@id": f"{name}.parquet"}, "extract": {"column": column}},
        }
        if column == "report_id" and name != "reports":
            field["references"] = {"field": {"@id": "reports/report_id"}}
        fields.append(field)
    records: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": table["en"],
        "field": fields,
    }
    if name == "reports" and "report_id" in names:
        records["key"] = {"@id": "reports/report_id"}
    return records
