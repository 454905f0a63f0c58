"""Every regular expression of the package takes time in proportion to the text, also on text made to be bad for it.

A report may hold 20 MB of one character. Each pattern, from the vocabulary and as the modules compile them, searches
text made of its own characters and of what reports are made of, at 100 kB and at ten times that.
"""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "corpora" / "reports"
GUARD, SMALL, LARGE = 3_300, 33_000, 330_000  # characters; 33,000 Chinese ones are 100 kB
GUARD_SECONDS = 0.25  # 75 µs a character: no linear pattern is near it
# Ten times the text may take thirty times as long (caches, a busy machine); a quadratic pattern takes a hundred times.
MOST_GROWTH, BELOW_NOISE, WORTH_A_LOOK = 30, 0.08, 0.005
UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")
TEXTS = ("公开", "1", " ", "\t0", "一、", "(", ",", "信息公开申请", "。\n", "a.", "2021年", "第(一)项")

# Run in a process of its own: records what is compiled from files of the package while samples are analysed.
RECORD = """
import json, re, sys
from pathlib import Path
seen, compile_ = {}, re.compile
def recorded(pattern, flags=0):
    result = compile_(pattern, flags)
    frame = sys._getframe(1)
    if "/nlp/" in frame.f_code.co_filename and isinstance(result.pattern, str):
        seen[result.pattern, result.flags] = Path(frame.f_code.co_filename).name
    return result
re.compile = recorded
import importlib, pkgutil, nlp
for module in pkgutil.walk_packages(nlp.__path__, "nlp."):
    if not module.name.startswith(("nlp.cli", "nlp.batch.spark", "nlp.language", "nlp.__main__")):
        try:
            importlib.import_module(module.name)
        except ImportError:
            continue  # needs an extra that is not installed
for path in sys.argv[1:]:
    nlp.analyse(path)
print(json.dumps([[pattern, flags, file] for (pattern, flags), file in seen.items()]))
"""


def vocabulary_patterns():
    from importlib import resources

    from nlp.vocabulary.load import load

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


def compiled_patterns():
    samples = [str(p) for p in sorted(SAMPLES.glob("[0-9]*.*"))]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", RECORD, *samples], capture_output=True, check=True, env=environment, cwd=ROOT
    )
    return [tuple(entry) for entry in json.loads(run.stdout)]


def own_characters(pattern):
    """What the pattern itself is looking for, as far as its literal characters tell."""
    literal = re.sub(r"\\[a-zA-Z]|\{[\d,]*\}|\(\?[:=!<PiLmsux][^)]{0,3}|[\[\]()|?*+^$.\\]", " ", pattern)
    words = [word for word in literal.split() if word]
    longest = max(words, key=len, default="")
    return [longest, longest[:1], longest[:-1], "".join(words)[:40]]


def seconds(pattern, unit, size):
    text = unit * (size // len(unit))
    started = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - started


def is_bounded(pattern):
    """Whether nothing in a pattern repeats without limit: such a pattern cannot take more than so long a character."""
    return UNBOUNDED.search(re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "x", pattern)) is None


def grows_badly(pattern):
    """The text on which the pattern grows badly, with its times, or ``None``."""
    for unit in dict.fromkeys((*TEXTS, *filter(None, own_characters(pattern.pattern)))):
        if (guard := seconds(pattern, unit, GUARD)) > GUARD_SECONDS:
            return unit, guard
        if is_bounded(pattern.pattern):
            continue  # its growth is bounded; its time a character is what the guard tells
        small = seconds(pattern, unit, SMALL)
        if small > BELOW_NOISE and small > MOST_GROWTH * max(guard, BELOW_NOISE / MOST_GROWTH):
            return unit, guard, small
        if small < WORTH_A_LOOK and small < MOST_GROWTH * max(guard, WORTH_A_LOOK / MOST_GROWTH):
            continue  # a quadratic pattern needs a second here, and at a hundred kilobytes most take none
        large = seconds(pattern, unit, LARGE)
        if large > BELOW_NOISE and large > MOST_GROWTH * max(small, BELOW_NOISE / MOST_GROWTH):
            return unit, small, large
    return None


def test_a_bad_pattern_is_found_out():
    assert grows_badly(re.compile("公开[^。]*?条"))
    assert grows_badly(re.compile("公开[^。]{0,40}?条")) is None


def test_what_is_bounded():
    assert is_bounded(r"公开[^。+*]{0,40}\+条?") and not is_bounded("公开[^。]*条") and not is_bounded("a{2,}")


@pytest.mark.slow
@pytest.mark.parametrize("collect", [vocabulary_patterns, compiled_patterns])
def test_patterns_are_linear(collect):
    patterns = {(pattern, flags): file for pattern, flags, file in collect()}
    assert len(patterns) > 50
    bad = []
    for (pattern, flags), file in patterns.items():
        if found := grows_badly(re.compile(pattern, flags)):
            bad.append(f"{file}: {pattern[:120]!r} on {found}")
    assert not bad, "\n".join(bad)
