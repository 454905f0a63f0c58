"""Coverage-guided fuzzing of what reads bytes of others: `make fuzz`, or `python -m tests.fuzzing TARGET --seconds 60`.

Needs atheris (`pip install atheris`; Linux and macOS). A target ends with the input that broke it beside it, as libFuzzer
writes it (``crash-…``); run the target with that file to see it again, and put it into ``tests/hostile/inputs``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

INPUTS = Path(__file__).parent / "hostile" / "inputs"
CORPUS = Path(__file__).parents[1] / "build" / "fuzz"  # what was found to reach new code is kept from run to run
MAX_BYTES = 20_000
REPORT = "青溪镇人民政府2022年政府信息公开工作年度报告\n一、总体情况\n公开3条。\n| 规章 | 1 | 0 | 2 |\n".encode()


def text(data: bytes) -> None:
    """A text in memory is never refused."""
    import nlp

    nlp.analyse_text(data.decode("utf-8", "surrogateescape"))


def html(data: bytes) -> None:
    """A page is read, or refused with the reason."""
    from nlp.reading.files import read_bytes
    from nlp.records import ReportUnreadable

    with suppress(ReportUnreadable):
        read_bytes(b"<html><body>" + data, name="a.html")


def workbook(data: bytes) -> None:
    """Rows of a workbook come out, or an item that says why not."""
    _opened(data, "a.xlsx")


def archive(data: bytes) -> None:
    """Members of an archive come out, or an item that says why not."""
    from nlp.inputs.collections import items_of_bytes

    for _ in items_of_bytes(data, "a.zip"):
        pass


def card(data: bytes) -> None:
    """A model is loaded, or refused with the reason."""
    from nlp.labelling.store import ModelUnusable, load_model

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "card.json").write_bytes(data)
        with suppress(ModelUnusable):
            load_model(Path(folder))


def ledger(data: bytes) -> None:
    """A run goes on from a ledger, mends it, or is refused."""
    from nlp.batch.state import RunRefused, open_ledger

    with tempfile.TemporaryDirectory() as folder:
        state = Path(folder, ".gongkai")
        state.mkdir()
        (state / "ledger.sqlite").write_bytes(data)
        with suppress(RunRefused):
            open_ledger(Path(folder), {"model": "a"}, "resume")[0].close()


def _opened(data: bytes, name: str) -> None:
    from nlp.inputs.collections import open_collection

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        for _ in open_collection(str(path), text_column="text", id_column=None):
            pass


def _ledger_seed() -> bytes:
    from nlp.batch.state import open_ledger

    with tempfile.TemporaryDirectory() as folder:
        open_ledger(Path(folder), {"model": "a"}, "new")[0].close()
        return Path(folder, ".gongkai", "ledger.sqlite").read_bytes()


def _seeds(*suffixes: str) -> Callable[[], list[bytes]]:
    return lambda: [path.read_bytes() for path in sorted(INPUTS.iterdir()) if path.suffix in suffixes]


def _cards() -> list[bytes]:
    return [path.read_bytes() for path in Path(__file__).parents[1].glob("models/*/card.json")]


TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], list[bytes]]]] = {
    "text": (text, lambda: [REPORT]),
    "html": (html, lambda: [b"<table><tr><td>1<td rowspan=2>2</table><del>3</del>", REPORT]),
    "workbook": (workbook, _seeds(".xlsx")),
    "archive": (archive, _seeds(".zip", ".tar")),
    "card": (card, _cards),
    "ledger": (ledger, lambda: [_ledger_seed()]),
}


def fuzz(name: str, seconds: int, known: list[str]) -> None:
    """Fuzz one target in this process until its time is up or an input breaks it; ``known`` inputs are only run."""
    import atheris

    with atheris.instrument_imports(include=["nlp"]):
        import nlp.batch.state
        import nlp.inputs.collections
        import nlp.labelling.store
        import nlp.reading.html  # noqa: F401

    target, seeds = TARGETS[name]
    folder = CORPUS / name
    folder.mkdir(parents=True, exist_ok=True)
    longest = MAX_BYTES
    for number, seed in enumerate(seeds()):
        (folder / f"seed-{number}").write_bytes(seed)
        longest = max(longest, len(seed))  # a seed that is cut short is none
    options = [f"-max_total_time={seconds}", f"-max_len={longest}", "-timeout=20", "-rss_limit_mb=3000"]
    atheris.Setup([sys.argv[0], *(known or [str(folder), *options])], target)
    atheris.Fuzz()


def main() -> int:
    """Fuzz one target, or all of them one after the other, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=["all", *TARGETS])
    parser.add_argument("known", nargs="*", help="inputs to run once")
    parser.add_argument("--seconds", type=int, default=300, help="for each target")
    given = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("atheris is not installed: pip install atheris", file=sys.stderr)
        return 2
    if given.target != "all":
        fuzz(given.target, given.seconds, given.known)
        return 0
    broken = []
    for name in TARGETS:
        command = [sys.executable, "-m", "tests.fuzzing", name, "--seconds", str(given.seconds)]
        if subprocess.run(command, env=os.environ, check=False).returncode:
            broken.append(name)
    print(f"{len(TARGETS) - len(broken)} of {len(TARGETS)} targets held", *(f"broken: {n}" for n in broken), sep="\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
