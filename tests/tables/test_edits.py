"""One edit in a table of a correct report: no number may be placed where it does not belong, none may vanish in silence.

The edits are those of ``training.generated.edits``: cells, lines and blocks of lines deleted, inserted, doubled, moved, split.
"""

from __future__ import annotations

import pytest

from training.generated.judging import measure


@pytest.mark.parametrize("count", [105, pytest.param(2700, marks=pytest.mark.slow)])
def test_one_edit_misplaces_nothing(count, tmp_path, capsys):
    totals = measure(count, tmp_path)
    with capsys.disabled():
        print(f"\n{totals['reports']} reports with one edit: {dict(totals)}")
    assert totals["reports"] >= 0.9 * count
    assert totals["wrong"] == totals["invented"] == totals["lost"] == totals["silent"] == 0
