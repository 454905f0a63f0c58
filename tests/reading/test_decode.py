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


SCRIPT = '<script>var a=document.getElementById("menu");if(a){a.style.display="block";}</script>\n' * 1_000  # 80 kB
ENGLISH = "<p>Department of Finance, annual disclosure report.</p>" * 1_500
GBK, UTF8, BIG5 = TEXT.encode("gb18030"), TEXT.encode("utf-8"), TRADITIONAL.encode("big5")


@pytest.mark.parametrize("ascii_text", [SCRIPT, ENGLISH], ids=["script", "English"])
@pytest.mark.parametrize(
    ("data", "encoding", "text"), [(GBK, "gb18030", TEXT), (BIG5, "big5hkscs", TRADITIONAL), (UTF8, "utf-8", TEXT)]
)
@pytest.mark.parametrize("declared", ["", "<meta charset=gb2312>", "<meta charset='Big5'>", "<meta charset=utf-8>"])
def test_a_page_that_is_mostly_ascii_is_told_by_the_rest(ascii_text, data, encoding, text, declared):
    for page in (ascii_text + declared, declared + ascii_text):
        assert decode(page.encode() + data, declares=True) == (page + text, encoding)
        assert decode(page.encode() + data) == (page + text, encoding)


def test_a_damaged_byte_in_a_page_that_is_mostly_ascii():
    for data, encoding in ((GBK, "gb18030"), (UTF8, "utf-8")):
        text, told = decode(SCRIPT.encode() + data[:40] + b"\xff" + data[41:], declares=True)
        assert told == encoding and text.count("信息公开") > 1 and "\ufffd" in text


@pytest.mark.parametrize(
    "name", ["hex", "zlib", "idna", "rot13", "base64", "utf-7", "no-such", "ISO-8859-1", "x-gbk", "GB_2312-80"]
)
def test_a_declared_name_that_says_nothing_does_no_harm(name):
    declared = f'<html><meta http-equiv="Content-Type" content="text/html; charset={name}">'
    assert decode(declared.encode() + GBK, declares=True) == (declared + TEXT, "gb18030")
    assert decode(declared.encode() + UTF8, declares=True) == (declared + TEXT, "utf-8")


def test_what_a_script_says_of_its_own_encoding_is_not_that_of_the_page():
    page = '<script charset="big5" src="a.js"></script><meta charset="gb2312"><p>'
    assert decode(page.encode() + "镕一、总体情况".encode("gb18030"), declares=True)[1] == "gb18030"


FOOT = "<div>版权所有：云岭县人民政府办公室，政务公开</div>"


@pytest.mark.parametrize(
    ("page", "foot", "encodings"), [("utf-8", "gb18030", "utf-8, gb18030"), ("gb18030", "utf-8", "utf-8, gb18030")]
)
def test_a_page_of_two_encodings_is_read_piece_by_piece(page, foot, encodings):
    data = f"<p>联通</p>{TEXT}".encode(page) + FOOT.encode(foot)  # the bytes of 联通 in GBK are also UTF-8
    assert decode(data, declares=True) == (f"<p>联通</p>{TEXT}{FOOT}", encodings)


def test_big5_with_a_foot_in_utf_8():
    assert decode(BIG5 + FOOT.encode()) == (TRADITIONAL + FOOT, "utf-8, big5hkscs")


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark_that_lies(mark):
    assert decode(mark + GBK) == (TEXT, "gb18030")
    assert decode(mark + UTF8) == (TEXT, "utf-8")


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
