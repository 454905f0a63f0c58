"""Who may speak to the desk, and what its pages may do."""

import re
import sys
from importlib import resources

import pytest

from nlp.desk.guard import MAX_BODY_BYTES, POLICY, Pass
from nlp.desk.serve import HostRefused, listen

PAGES = ["/", "/check", "/check/none", "/nothing", "/assets/desk.css", "/assets/desk.js"]


def test_the_first_address_lets_in_and_hides_its_token(stranger, passing):
    answer = stranger.get(f"/check?token={passing.token}&lang=en")
    assert answer.status_code == 303 and answer.headers["location"] == "/check?lang=en"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie and passing.cookie in cookie
    assert stranger.get("/check").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_without_the_token_nothing_is_shown(stranger, path):
    assert stranger.get(path).status_code == 403
    assert stranger.get(path, params={"token": "x" * 32}).status_code == 403
    assert stranger.get(path, headers={"Cookie": "gongkai-8123=wrong"}).status_code == 403


def test_the_first_address_leads_nowhere_else(stranger, passing):
    answer = stranger.get(f"//elsewhere.example/?token={passing.token}")
    assert answer.headers["location"].startswith("/") and not answer.headers["location"].startswith("//")


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "elsewhere.example:8123", "127.0.0.1", "127.0.0.1:80", "", "[", "127.0.0.1:x"]
)
def test_a_name_that_points_here_from_elsewhere_is_not_served(client, host):
    assert client.get("/check", headers={"Host": host}).status_code == 421


def test_the_names_of_this_machine_are_served(client):
    for host in ("127.0.0.1:8123", "localhost:8123", "[::1]:8123"):
        assert client.get("/check", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://elsewhere.example"},
        {"Origin": "http://127.0.0.1:80"},
        {"Origin": "null"},
        {"Origin": ""},
        {"X-CSRF-Token": "wrong"},
        {"X-CSRF-Token": ""},
    ],
)
def test_a_change_asked_for_by_another_page_is_refused(client, headers):
    assert client.change("/check/batches", headers=headers).status_code == 403
    assert client.change("/check/batches").status_code == 201


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_need_the_same(client, method):
    assert client.request(method, "/check/batches").status_code == 403


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_has_the_headers_that_keep_pages_apart(client, path):
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY and "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff" and headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer" and headers["cross-origin-resource-policy"] == "same-origin"


def test_refusals_have_them_too(stranger):
    assert stranger.get("/check").headers["content-security-policy"] == POLICY


def test_pages_hold_nothing_that_the_policy_would_stop():
    for folder in ("pages", "assets"):
        for file in resources.files("nlp.desk").joinpath(folder).iterdir():
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", text), file.name
            assert not re.search(r"<script(?![^>]*(?:src=|application/json))", text), file.name
            outside = re.findall(r"https?://(?!www\.w3\.org/)\S+", text)
            assert not outside, file.name


def test_the_documentation_of_the_framework_which_loads_scripts_is_not_there(client):
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(path).status_code == 404


def test_a_body_larger_than_any_report_is_refused(client):
    batch = client.change("/check/batches").json()["batch"]
    answer = client.change(
        f"/check/{batch}/files?name=a.txt", headers={"Content-Length": str(MAX_BODY_BYTES + 1)}, content=b"x"
    )
    assert answer.status_code == 413
    assert (
        client.change(f"/check/{batch}/files?name=a.txt", headers={"Content-Length": "-1"}, content=b"x").status_code
        == 413
    )


@pytest.mark.parametrize(
    "name",
    ["../guard.py", "..%2Fguard.py", "%2e%2e/guard.py", "/etc/passwd", "....//x", "desk.css/../../guard.py", "%00"],
)
def test_assets_are_looked_up_by_name_only(client, name):
    assert client.get(f"/assets/{name}").status_code == 404


def test_the_desk_listens_on_this_machine_only():
    with listen("127.0.0.1", 0) as socket:
        assert socket.getsockname()[0] == "127.0.0.1"
    for host in ("0.0.0.0", "::", "everywhere", "192.0.2.1"):
        with pytest.raises(HostRefused, match=re.escape(host)):
            listen(host, 0)


def test_a_port_that_is_taken_says_so():
    with listen("127.0.0.1", 0) as taken, pytest.raises(HostRefused, match="--port"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_each_run_has_secrets_of_its_own():
    one, two = Pass(1), Pass(1)
    assert len({one.token, one.csrf, two.token, two.csrf}) == 4 and min(len(one.token), len(one.csrf)) >= 32


def test_no_path_from_a_client_reaches_the_disk(client, check):
    """Names that a client sends are watched for among everything that this process opens."""
    marker = "zz-no-such-name-zz"
    seen = []

    def watch(event, arguments):
        if event in ("open", "os.listdir", "os.scandir", "os.remove", "os.mkdir", "os.rename", "subprocess.Popen"):
            seen.append(repr(arguments))

    sys.addaudithook(watch)
    batch = check(client, (f"../../{marker}/../{marker}.txt", "一、总体情况 政府信息公开年度报告 本年度公开信息12条。"))
    assert client.get(f"/check/{batch}/0.json").json()["name"] == f"{marker}.txt"
    client.get(f"/assets/{marker}")
    client.get(f"/check/{marker}/0/pages/1.png")
    client.get(f"/check/{batch}/0/commented.docx")
    client.get(f"/check/{batch}/findings.xlsx")
    assert seen and not [arguments for arguments in seen if marker in arguments]
