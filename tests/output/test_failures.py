"""Every reason for which a file is not read has its Chinese."""

import re
from pathlib import Path

import nlp
from nlp.inputs.inventory import HINTS
from nlp.output.failures import failure_told, skipped_told
from nlp.records import Failure, Skipped
from nlp.vocabulary.load import load

CODE = re.compile(
    r'(?:ReportUnreadable|Failure)\(\s*(?:[\w.]+,\s*)?(?:"(?:open|read|decode|check|analyse)",\s*)?"([a-z_]+)",',
    re.DOTALL,
)


def test_every_code_in_the_program_has_chinese_words():
    program = "\n".join(path.read_text(encoding="utf-8") for path in Path(nlp.__file__).parent.rglob("*.py"))
    codes = set(CODE.findall(program)) - {"open", "read", "decode", "check", "analyse"}
    assert {"empty", "encrypted", "scanned", "timeout", "unsupported_format", "outside", "internal_error"} <= codes
    assert codes <= load("failures").keys()
    for code, entry in load("failures").items():
        assert re.search(r"[一-龥]", entry["zh"]) and entry["hint"].endswith("。"), code


def test_the_name_is_not_said_twice():
    failure = Failure(
        "in/a.pdf", "read", "encrypted", "a.pdf: is locked with a password.", "Save a copy without a password."
    )
    assert failure_told(failure, "en") == ("Is locked with a password.", "Save a copy without a password.")
    assert failure_told(failure, "zh")[0] == "文件设有密码"


def test_every_reason_to_leave_a_file_out_has_words_in_both_languages():
    assert load("left_out").keys() == HINTS.keys() | {"archive"}
    for reason, hint in HINTS.items():
        chinese, english = (skipped_told(Skipped("a", reason, hint), language) for language in ("zh", "en"))
        assert all(re.search(r"[一-龥]", words) for words in chinese) and english[1] == hint
        assert not re.search(r"[一-龥]", english[0])
