"""What each number of a sentence is a part of: words that open a list, brackets, enumerations, parts that add up."""

from __future__ import annotations

import pytest

from nlp.extraction.clauses import find_clauses
from nlp.extraction.fields import find_fields
from nlp.quantities import find_numbers, mask_negatives

# text → for each number the value of the number that it is a part of, - for none
WHOLES = {
    "公开信息12条,其中文件7条,公告5条。召开会议3次。": "- 12 12 -",
    "公开信息40条,其中财政10条(预算6条、决算4条),动态30条。": "- 40 10 10 40",
    "收到申请29件,其中网上25件,占86%,来信4件。": "- 29 29",
    "公开信息40条。概况类2条;动态类38条。": "- 40 40",  # they add up
    "公开信息120条。一是公开重点领域信息90条;二是公开预算30条。": "- 120 120",
    "公开信息90条,其中网站60条,栏目30条;微信公众号发布88条。": "- 90 90 -",  # another channel
    "收费950元。其中,甲局1件,收取420元;乙县2件,收取530元。": "- 950 950 - 950",  # of another unit between them
    "收到申请5件,其中自然人3件,企业2件。从答复看,予以公开4件,其中部分公开1件。": "- 5 5 - 4",
}


@pytest.mark.parametrize(("text", "wholes"), WHOLES.items())
def test_wholes(text: str, wholes: str) -> None:
    numbers = list(find_numbers(mask_negatives(text)))
    clauses = find_clauses(text, list(find_fields(text, numbers)))
    found = [str(numbers[c.whole].value) if c.whole >= 0 else "-" for c in clauses if c.field.number.unit != "%"]
    assert " ".join(found) == wholes
