"""What produced a result: recorded in every analysis and run."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from nlp.labelling.choice import choose_labeller
from nlp.labelling.labeller import Labeller

__version__ = "0.1.0"
VOCABULARY = Path(__file__).parent / "vocabulary"


def versions(labeller: Labeller | None = None) -> dict[str, str]:
    """Versions of the program, of its vocabulary, of the forms it knows, and of what labelled the statements.

    A vocabulary and the forms are named by eight hexadecimal digits of what their files hold.

    >>> sorted(versions())
    ['forms', 'gongkai', 'labels', 'vocabulary']
    """
    return {
        "gongkai": __version__,
        "vocabulary": _digest(VOCABULARY),
        "forms": _digest(VOCABULARY / "forms"),
        "labels": (labeller or choose_labeller()).name,
    }


@cache
def _digest(folder: Path) -> str:
    """What all files of a folder hold that are no program, in eight hexadecimal digits."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]
