"""Characters of a long text replaced one for one, in one pass over all of them.

A text is taken as an array of 16-bit units, and a table of 65,536 entries says what each becomes. Characters
beyond the basic plane are two units that the table leaves as they are.
"""

from __future__ import annotations

import numpy as np

ENCODING = "utf-16-le"
UNITS = 1 << 16


def units(text: str) -> np.ndarray:
    """The 16-bit units of ``text``; a lone surrogate is one of them."""
    return np.frombuffer(text.encode(ENCODING, "surrogatepass"), np.uint16)


class Folding:
    """A translation of one character to one, for texts too long for ``str.translate`` to be cheap.

    >>> Folding({ord("（"): "("}).apply("（一）")
    '(一）'
    """

    __slots__ = ("_table",)

    def __init__(self, table: dict[int, str]) -> None:
        self._table = np.arange(UNITS, dtype=np.uint16)
        for code, character in table.items():
            self._table[code] = ord(character)

    def apply(self, text: str) -> str:
        """``text`` translated; the positions of its characters stay what they were."""
        return self._table[units(text)].tobytes().decode(ENCODING, "surrogatepass")
