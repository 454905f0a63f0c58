"""A desk to speak to: in this process with a client, or as the command with a browser."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nlp.desk.app import make_app
from nlp.desk.guard import Pass
from training.generated.report import write_report
from training.generated.spec import make_spec

PORT = 8123
ORIGIN = f"http://127.0.0.1:{PORT}"
CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
SEED = 11


@pytest.fixture(scope="session")
def clean_report():
    """A report without faults."""
    return write_report(make_spec(SEED, "tables_2021"), "pipes").text


@pytest.fixture(scope="session")
def faulty_report():
    """The same with a total of reviews that is not the sum."""
    return write_report(make_spec(SEED, "tables_2021").put("disputes", "review", "total", number=99), "pipes").text


@pytest.fixture(scope="session")
def passing():
    return Pass(PORT)


@pytest.fixture(scope="session")
def verdicts_file(tmp_path_factory):
    return tmp_path_factory.mktemp("verdicts") / "verdicts.jsonl"


@pytest.fixture(scope="session")
def desk_app(passing, verdicts_file):
    return make_app(passing, verdicts=verdicts_file)


@pytest.fixture
def stranger(desk_app):
    """A client that has not been let in."""
    testclient = pytest.importorskip("starlette.testclient", reason="httpx is not installed")
    return testclient.TestClient(desk_app, base_url=ORIGIN, follow_redirects=False)


@pytest.fixture
def client(stranger, passing):
    """A client that opened the first address; ``client.change`` posts as the desk's own pages do."""
    assert stranger.get(f"/?token={passing.token}").status_code == 303

    def change(path, **options):
        headers = {"Origin": ORIGIN, "X-CSRF-Token": passing.csrf} | options.pop("headers", {})
        return stranger.post(path, headers=headers, **options)

    stranger.change = change
    return stranger


@pytest.fixture(scope="session", autouse=True)
def _workers_end(desk_app):
    yield
    desk_app.close()


@pytest.fixture
def check():
    """A function that drops files and waits until they are checked; the id of the batch comes back."""

    def dropped(client, *files):
        batch = client.change("/check/batches").json()["batch"]
        for name, data in files:
            content = data if isinstance(data, bytes) else data.encode()
            assert client.change(f"/check/{batch}/files", params={"name": name}, content=content).status_code == 202
        client.change(f"/check/{batch}/close")
        for _ in range(1200):
            if client.get(f"/check/{batch}.json").json()["done"]:
                return batch
            time.sleep(0.05)
        raise AssertionError("not checked within a minute")

    return dropped


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window; skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = next((path for path in CHROMIUM if Path(path).exists()), None)
    if chromium is None:
        pytest.skip("no Chromium is installed")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield opened
        opened.close()


class Served:
    """`gongkai desk` as a process of its own, with folders of its own for everything that it could write to."""

    def __init__(self, folder, *arguments):
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir(parents=True, exist_ok=True)
        self.arguments = arguments
        self.start()

    def start(self):
        environment = os.environ | {
            "HOME": str(self.home), "TMPDIR": str(self.home), "XDG_CACHE_HOME": str(self.home), "LC_ALL": "C.UTF-8",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "nlp", "desk", "--no-browser", *self.arguments],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder, env=environment, text=True,
        )  # fmt: skip
        self.address = self.process.stdout.readline().strip()
        assert self.address.startswith("http://127.0.0.1:"), self.process.communicate()

    @property
    def origin(self):
        return self.address.split("/?")[0]

    def kill(self):
        """As the power going off."""
        self.process.kill()
        self.process.communicate()

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=20)


@pytest.fixture
def served(tmp_path):
    started = []

    def serve(*arguments):
        started.append(Served(tmp_path, *arguments))
        return started[-1]

    yield serve
    for desk in started:
        if desk.process.poll() is None:
            desk.stop()
