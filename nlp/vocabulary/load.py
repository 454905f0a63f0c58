"""The only reader of the vocabulary: the knowledge of the field, kept in TOML files beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The contents of ``nlp/vocabulary/NAME.toml``. The result is shared: do not change it.

    >>> load("channels")["wechat"]["zh"]
    '微信公众号'
    """
    return tomllib.loads(resources.files("nlp.vocabulary").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def load_folder(name: str) -> dict[str, dict[str, Any]]:
    """The files of ``nlp/vocabulary/NAME/`` by their names, in the order of the alphabet; shared like those of ``load``.

    >>> load_folder("genres")["website"]["zh"]
    '政府网站工作年度报表'
    """
    files = sorted(file.name for file in resources.files("nlp.vocabulary").joinpath(name).iterdir())
    return {
        file.removesuffix(".toml"): load(f"{name}/{file.removesuffix('.toml')}")
        for file in files
        if file.endswith(".toml")
    }
