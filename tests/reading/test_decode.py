"""Bytes as text. Each row is one way in which real files arrive; the expected encoding is worked out by hand."""

import pytest

from nlp.reading.decode import decode
from nlp.records import ReportUnreadable

TEXT = "云岭县财政局2021年政府信息公开工作年度报告\n一、总体情况\n全年主动公开信息十二条，收到申请两件。\n" * 3
TRADITIONAL = "雲嶺縣財政局政府資訊公開工作年度報告\n全年主動公開資訊十二條，收到申請兩件，均已答復。\n" * 3


@pytest.mark.parametrize(
    ("data", "declares", "encoding", "text"),
    [
        (TEXT.encode("utf-8"), False, "utf-8", TEXT),
        (b"\xef\xbb\xbf" + TEXT.encode("utf-8"), False, "utf-8", TEXT),  # the mark is dropped
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), False, "utf-16-le", TEXT),
        (TEXT.encode("utf-16-le"), False, "utf-16-le", TEXT),  # without its mark, as some editors save it
        (TEXT.encode("gb18030"), False, "gb18030", TEXT),
        (TRADITIONAL.encode("big5"), False, "big5hkscs", TRADITIONAL),  # most Big5 bytes are also valid GB18030
        (b"<meta charset=gb2312>" + TEXT.encode("utf-8"), True, "utf-8", "<meta charset=gb2312>" + TEXT),  # bytes win
        (b"<meta charset=big5>" + TEXT.encode("gb18030"), True, "gb18030", "<meta charset=big5>" + TEXT),
        (
            b"<meta charset=gb2312>" + "镕一、总体情况的工作".encode("gb18030"),
            True,
            "gb18030",
            "<meta charset=gb2312>镕一、总体情况的工作",
        ),
    ],
)
def test_encoding_is_told_by_the_bytes(data, declares, encoding, text):
    assert decode(data, declares=declares) == (text, encoding)


@pytest.mark.parametrize("cut", [1, 2])
def test_a_cut_last_character_leaves_a_mark(cut):
    text, encoding = decode(TEXT.rstrip("\n").encode("utf-8")[:-cut])
    assert (encoding, text[-1]) == ("utf-8", "\ufffd")


def test_single_damaged_bytes_do_not_change_the_encoding():
    data = bytearray(TEXT.encode("utf-8"))
    data[30] = 0xFF
    text, encoding = decode(bytes(data))
    assert encoding == "utf-8" and "\ufffd" in text and "总体情况" in text


def test_bytes_of_no_encoding_are_refused():
    with pytest.raises(ReportUnreadable) as failure:
        decode(bytes([0xFF, 0x80, 0xFE, 0xFF, 0x81]) * 200)
    assert failure.value.code == "undecodable"
