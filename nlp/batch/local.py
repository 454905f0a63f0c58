"""Many reports on one machine: every file is analysed, none can stop the others."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from nlp.batch.merge import Merged
from nlp.batch.run import Run, Start
from nlp.output.codebook import codebook
from nlp.output.files import MEMORY, known_formats, write_tables, write_text
from nlp.output.package import data_package
from nlp.version import versions

if TYPE_CHECKING:
    from nlp.batch.run import Run as _Run  # noqa: F401


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a batch found: Arrow tables by name (with ``failures``), and a summary of the run."""

    tables: dict[str, pa.Table]
    run: dict[str, object]
