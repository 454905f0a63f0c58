"""What produced a result: recorded in every analysis and run."""

from __future__ import annotations

from functools import cache


__version__ = "0.1.0"


@cache
def versions() -> dict[str, str]:
    """Versions of the program and of the labeller, by name."""
    from nlp.labelling.label import default_labeller

    return {"gongkai": __version__, "labels": default_labeller().name}
