"""Characters and pairs of characters: read together, they are what each statement has by itself."""

import numpy as np
import pytest

from nlp.labelling.ngrams import Ngrams, bare, key_of, ngrams, read_codes

TEXTS = ["一是公开", "", "(2)发布 12.5 万条", "ABC公 开", "𠮷公\ud800开", "0", "1 2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二是 公开\n栏", "公开栏"),
        ("共49条、5 0条", "共0条、0条"),  # digits with a space between them are one number
        ("WeChat号", "wechat号"),
        ("𠮷\ud800", "\ufffd\ufffd"),  # beyond the basic plane, and half a character: one unknown each
        ("一是", ""),
        ("", ""),
    ],
)
def test_what_n_grams_are_taken_from(text, expected):
    assert bare(text) == expected


def test_statements_read_together_do_not_touch():
    codes, rows = read_codes(TEXTS)
    apart = [bare(text) for text in TEXTS]
    assert "".join(map(chr, codes)) == "".join(apart)
    assert rows.tolist() == [at for at, text in enumerate(apart) for _ in text]


def test_known_n_grams_are_found_and_no_others():
    rng = np.random.default_rng(0)
    keys = np.unique(rng.integers(0, 2**32, 5000, dtype=np.uint32))
    known = Ngrams(keys, np.ones(len(keys), np.float32))
    np.testing.assert_array_equal(known.columns(keys), np.arange(len(keys)))
    strange = np.setdiff1d(rng.integers(0, 2**32, 5000, dtype=np.uint32), keys)
    assert (known.columns(strange) == -1).all()


def test_a_row_is_the_weighted_counts_at_length_1():
    known = Ngrams(np.array([key_of("公"), key_of("公开")], np.uint32), np.array([1, 2], np.float32))
    weighted = np.array([[1, 0], [0, 2]], np.float32)  # the weight 1 of each n-gram times its idf
    rows = known.project(["公公开", "开", "公", "公"], weighted)
    # 公 twice: 1 + ln 2 = 1.693; 公开 once: 2. Length √(1.693² + 2²) = 2.620.
    np.testing.assert_allclose(rows, [[0.646, 0.763], [0, 0], [1, 0], [1, 0]], atol=1e-3)
    assert ngrams("公公开") == ["公", "公", "开", "公公", "公开"]
