"""`show` works in its own process, and yet no file takes it longer than a worker."""

import re
import signal
import threading
import time

import pytest

from nlp.cli.limits import within_seconds
from nlp.records import ReportUnreadable
from nlp.workers.serving import announce

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no alarm")


@pytest.mark.parametrize("hang", [lambda: re.match(r"(a|a)*b", "a" * 40), lambda: time.sleep(60)])
def test_what_takes_longer_is_ended(hang):
    with (
        pytest.raises(ReportUnreadable, match=r"a\.txt: took more than 0\.2 s") as refused,
        within_seconds("a.txt", 0.2),
    ):
        hang()
    assert refused.value.code == "timeout"
    time.sleep(0.3)  # no alarm is left


def test_a_step_with_a_limit_of_its_own_comes_on_top():
    with within_seconds("a.pdf", 0.1):
        announce(30)
        time.sleep(0.3)


def test_another_thread_is_left_alone():
    done = []

    def work():
        with within_seconds("a.txt", 0.1):
            done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done
