"""What produced a result: recorded in every analysis and run."""

from __future__ import annotations

from nlp.labelling.choice import choose_labeller
from nlp.labelling.labeller import Labeller

__version__ = "0.1.0"


def versions(labeller: Labeller | None = None) -> dict[str, str]:
    """Versions of the program and of what labelled the statements."""
    return {"gongkai": __version__, "labels": (labeller or choose_labeller()).name}
