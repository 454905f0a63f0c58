"""What lies beside the data of a release: CITATION.cff, the licence, a README in both languages, where everything came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from nlp.conclusions.release.about import About
from nlp.version import __version__


def citation(about: About) -> str:
    """CITATION.cff (version 1.2.0)."""
    lines = ["cff-version: 1.2.0", "type: dataset", "message: Please cite this dataset as below."]
    lines += [f"title: {_quoted(about.title)}", f"version: {_quoted(about.version)}", f"date-released: {about.issued}"]
    lines += [f"license: {about.licence}"]
    if about.description:
        lines.append(f"abstract: {_quoted(about.description)}")
    if about.url:
        lines.append(f"url: {_quoted(about.url)}")
    lines.append("authors:")
    for creator in about.creators:
        lines.append(f"  - name: {_quoted(creator.name)}")
        if creator.orcid:
            lines.append(f"    orcid: {_quoted(creator.orcid)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A string as YAML takes it: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def licence(about: About) -> str:
    """The licence in a few words, with the place of its text."""
    names = ", ".join(creator.name for creator in about.creators)
    return (
        f"{about.title}\n© {about.issued.year} {names}\n\n"
        f"The data of this release are licensed under {about.licence}: {about.licence_url}\n"
        f"本数据集按 {about.licence} 许可发布：{about.licence_url}\n\n"
        "The reports that the data were read from are public documents of the bodies that issued them.\n"
        "数据所据的年度报告是各发布机关的公开文件。\n"
    )


def readme(about: About, run: Mapping[str, Any], rows: Mapping[str, int], *, masked: bool, sampled: bool) -> str:
    """README.md, in Chinese and English."""
    versions = run.get("versions", {})
    table = "\n".join(f"| {name} | {count} |" for name, count in rows.items())
    personal = (
        ("个人手机号和人名已用 * 遮盖。", "Private mobiles and persons' names are hidden by *.")
        if masked
        else ("个人手机号和人名按报告所印保留。", "Private mobiles and persons' names are kept as printed.")
    )
    sample = (
        (
            "`sample/` 里是人工核对的样本及其抽样设计。",
            "`sample/` holds the sample that was checked by hand, with its design.",
        )
        if sampled
        else (
            "没有附人工核对的样本：标签只出自模型，计数会随其错误移动。",
            "No sample checked by hand comes with it: labels are the model's alone, and counts move with its errors.",
        )
    )
    intro = f"{about.description}\n\n" if about.description else ""
    return f"""# {about.title}

{intro}{about.citation()}

## 说明

由 Gongkai {versions.get("gongkai", "—")} 从 {rows.get("reports", 0)} 份政府信息公开工作年度报告读出，标签出自 {versions.get("labels", "—")}；本发布包由 Gongkai {__version__} 制作。
每个数值都带原文位置（`start`、`end`，按字符计）；空白、“/”、缺失与 0 是不同的答案，见 `codebook.zh.html`。{personal[0]}{sample[0]}

- `data/`：各表，Parquet 与 CSV（UTF-8，带字节顺序标记）
- `datapackage.json`（Frictionless）、`croissant.json`（Croissant 1.0）：机器可读的描述
- `codebook.zh.html`、`codebook.zh.md`：数据字典
- `provenance.json`、`inputs.csv`：版本、设置、模型与语料指纹、每个输入文件 SHA-256 的前 16 位
- `SHA256SUMS`：`sha256sum -c SHA256SUMS`

核验：`pip install gongkai`，然后 `gongkai verify . 原始文件目录`，从原始文件重算随机抽取的 100 个数值。

## About

Read by Gongkai {versions.get("gongkai", "—")} from {rows.get("reports", 0)} annual reports on information disclosure (政府信息公开工作年度报告), with labels by {versions.get("labels", "—")}; packed by Gongkai {__version__}.
Every value has its place in the text (`start`, `end`, in characters); blank, “/”, absent and 0 are different answers, see `codebook.en.html`. {personal[1]} {sample[1]}

- `data/`: the tables, as Parquet and CSV (UTF-8 with byte order mark)
- `datapackage.json` (Frictionless), `croissant.json` (Croissant 1.0): descriptions for machines
- `codebook.en.html`, `codebook.en.md`: the codebook
- `provenance.json`, `inputs.csv`: versions, settings, fingerprints of model and corpus, the first 16 digits of the SHA-256 of every input
- `SHA256SUMS`: `sha256sum -c SHA256SUMS`

To verify: `pip install gongkai`, then `gongkai verify . SOURCES` recomputes 100 random values from the sources.

| table | rows |
|---|---:|
{table}
"""


def provenance(about: About, run: Mapping[str, Any], card: Mapping[str, Any], *, masked: bool) -> str:
    """provenance.json: what the data were made with. Paths of the machine that made them are left out."""
    kept = ("versions", "settings", "taxonomy", "files", "reports", "copies", "failures", "skipped", "started")
    settings = {key: value for key, value in run.get("settings", {}).items() if key != "model"}
    content = {
        "title": about.title,
        "version": about.version,
        "issued": str(about.issued),
        "packed_by": f"gongkai {__version__}",
        "personal_data_masked": masked,
        "run": {key: run[key] for key in kept if key in run} | {"settings": settings},
        "model": {
            key: card[key] for key in ("name", "version", "sha256", "corpus", "versions", "scores") if key in card
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
