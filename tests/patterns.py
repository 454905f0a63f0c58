"""Every regular expression of the package: those of the vocabulary, and those that the modules compile or compose."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from nlp.vocabulary.load import load

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpora" / "reports"
# Run in a process of its own: records what is compiled from files of the package when its modules are loaded, its
# patterns made (by cached functions without arguments) and samples analysed.
RECORD = r"""
import importlib, inspect, json, pkgutil, re, sys
from pathlib import Path
seen, compile_ = {}, re._compile
def recorded(pattern, flags):
    result = compile_(pattern, flags)
    frame, at_start = sys._getframe(1), False
    while frame.f_globals.get("__name__") == "re":
        at_start |= frame.f_code.co_name in ("match", "fullmatch")
        frame = frame.f_back
    if "/nlp/" in frame.f_code.co_filename and isinstance(result.pattern, str):
        # re.match looks at the beginning alone
        read = r"\A(?:" + result.pattern + ")" if at_start else result.pattern
        seen[read, result.flags] = Path(frame.f_code.co_filename).name
    return result
re._compile = recorded
import nlp
for info in pkgutil.walk_packages(nlp.__path__, "nlp."):
    if info.name.startswith(("nlp.cli", "nlp.batch.spark", "nlp.language", "nlp.__main__")):
        continue
    try:
        module = importlib.import_module(info.name)
        for made in vars(module).values():
            if hasattr(made, "cache_info") and made.__module__ == info.name and not inspect.signature(made).parameters:
                made()
    except ImportError:
        continue  # needs an extra that is not installed
for path in sys.argv[1:]:
    nlp.analyse(path)
print(json.dumps([[pattern, flags, file] for (pattern, flags), file in seen.items()]))
"""


def vocabulary_patterns() -> Iterator[tuple[str, int, str]]:
    """The patterns of the vocabulary, their flags, and the file they stand in."""

    def below(value):
        if isinstance(value, dict):
            yield from value.get("patterns", ()) if isinstance(value.get("patterns"), list) else ()
            for child in value.values():
                yield from below(child)
        elif isinstance(value, list):
            for child in value:
                yield from below(child)

    for file in resources.files("nlp.vocabulary").iterdir():
        if file.name.endswith(".toml"):
            for pattern in below(load(file.name.removesuffix(".toml"))):
                if isinstance(pattern, str):
                    yield pattern, 0, file.name


def compiled_patterns() -> list[tuple[str, int, str]]:
    """What the modules compile while the samples are analysed: pattern, flags, file."""
    samples = [str(p) for p in sorted(SAMPLES.glob("[0-9]*.*"))]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", RECORD, *samples], capture_output=True, check=True, env=environment, cwd=ROOT
    )
    return [tuple(entry) for entry in json.loads(run.stdout)]
