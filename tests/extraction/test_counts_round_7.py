"""Counts as public reports of 2015–2025 state them: sentences of our own, worked out by hand, each for one phenomenon."""

from collections.abc import Callable

import pytest

# fmt: off
EXAMPLES = {
    "办理完成 is answered": (
        "收到公开申请12件,办理完成11件,结转下年1件。",
        "", "", "applications_received=12 applications_answered=11 applications_carried_out=1"),
    "all of them 办理完成": (
        "本局收到8条政府信息公开的申请,并已办理完成。",
        "", "", "applications_received=8 applications_answered=8"),
    "other forms of applying": (
        "全年受理申请3件,传真申请0件,网上申请2件,其他形式申请1件。",
        "", "", "applications_received=3 applications_fax=0 applications_online=2 applications_other_form=1"),
    "one number for a list with interpretations in it": (
        "通过门户网站公开政策解读、财政资金、重大项目等群众关心的信息共计64条。",
        "", "gov_website=64条/year", ""),
    "a list of what the site published": (
        "依托门户网站公开机构设置、年度预算、工作动态等政府信息106条。",
        "", "gov_website=106条/year", ""),
    "buildings and inspections that were published": (
        "通过区政府网站公开重大项目建设、食品抽查等信息38条。办理答复留言4条。",
        "", "gov_website=38条/subset", "mailbox_replies=4"),
    "everything else that the channel published": (
        "累计主动公开政府信息812条,通过区门户网站公布规范性文件3件,各类政府信息150余条。",
        "", "gov_website=3件/subset gov_website=150条/year", "disclosed_total=812"),
    "received anew within all that was handled": (
        "受理政府信息公开申请41件。其中,2022年新收政府信息公开申请40件,上年结转1件。",
        "", "", "applications_received=41 applications_received=40 applications_carried_in=1"),
    "a kind of applications within them is no metric": (
        "受理政府信息公开申请41件。其中,征地类申请12件,上年结转1件。",
        "", "", "applications_received=41 applications_carried_in=1"),
}
# fmt: on


@pytest.mark.parametrize(("text", "contacts", "channels", "counts"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_passage(differences: Callable[..., list[str]], text: str, contacts: str, channels: str, counts: str) -> None:
    assert differences(text, contacts=contacts, channels=channels, counts=counts) == []
