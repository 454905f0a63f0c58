"""What results depend on beside their inputs: results of one run may not be mixed when it differs."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from nlp.batch.settings import PLAIN, Settings
from nlp.version import versions

PACKAGE = Path(__file__).parents[1]
# What only shows or moves results.
INDIFFERENT = frozenset({"cli", "review", "batch", "conclusions"})


def conditions(settings: Settings = PLAIN) -> dict[str, str]:
    """Versions, settings and a digest of program, vocabulary and models, by name."""
    chosen = {name: str(value).lower() for name, value in settings.as_dict().items() if name != "model"}
    return {**versions(settings.labeller()), "program": program_digest(), **chosen}


@cache
def program_digest() -> str:
    """Twelve hexadecimal digits of the SHA-256 of all files that results depend on."""
    digest = hashlib.sha256()
    for folder in (PACKAGE, PACKAGE.parent / "models"):
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            if path.is_file() and "__pycache__" not in parts and not (folder == PACKAGE and parts[0] in INDIFFERENT):
                digest.update("/".join(parts).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
