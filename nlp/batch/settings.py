"""What a batch does with each report beside reading it: hide persons, use another model, label one scheme only."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from nlp.labelling.choice import choose_labeller
from nlp.labelling.labeller import Labeller
from nlp.labelling.taxonomy import LabelName, taxonomy


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of a batch; they go to every worker.

    ``model`` is the folder of a trained model in place of the package's; ``scheme`` keeps the labels of problems, or of
    measures, only. ``mask_personal`` hides private mobiles and persons' names. ``allow_changed_vocabulary`` takes a model
    whose groups of cues have other terms now. ``strict`` refuses documents that are no report on disclosure.
    """

    mask_personal: bool = False
    model: str | None = None
    scheme: Literal["problem", "measure"] | None = None
    allow_changed_vocabulary: bool = False
    strict: bool = False

    def labeller(self) -> Labeller:
        """What labels the statements; loaded once in a process. Raises ``ModelUnusable``."""
        return choose_labeller(self.model, self.scheme, allow_changed_vocabulary=self.allow_changed_vocabulary)

    def labels(self) -> tuple[LabelName, ...]:
        """The labels that the tags can bear. Raises ``ModelUnusable``."""
        return taxonomy(self.model, self.scheme, allow_changed_vocabulary=self.allow_changed_vocabulary)

    def taxonomy(self) -> list[dict[str, Any]]:
        """The same as ``run.json`` lists them."""
        return [asdict(label) for label in self.labels()]

    def as_dict(self) -> dict[str, Any]:
        """The settings as plain values."""
        return asdict(self)


PLAIN = Settings()
