"""Old Word and WPS documents and RTF, turned into .docx by LibreOffice where it is installed."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from nlp.records import ReportUnreadable
from nlp.workers.interpreter import find_program
from nlp.workers.serving import announce

PROGRAMS = ("soffice", "libreoffice", "soffice.bin")
MAX_MEMORY = 2**30  # bytes that each process of the conversion may fill; a report takes 0.2 GB
MAX_SECONDS = 60.0  # a cold start takes 8 on a slow disk; the conversion itself is below 2
# No macro, no link, no proxy that leads anywhere: a document can name pictures on the network.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
</oor:items>
"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def media_type_of(data: bytes) -> str:
    """The media type of an old document by its first bytes."""
    return "application/rtf" if data.startswith(b"{\\rtf") else "application/msword"


def find_libreoffice() -> str | None:
    """The program, ``None`` when it is not installed."""
    return find_program(*PROGRAMS)


def convert_to_word(data: bytes, name: str, *, seconds: float = MAX_SECONDS) -> bytes:
    """The document as ``.docx``.

    Every conversion has a profile folder of its own, removed afterwards: two conversions with one profile wait for each
    other, and the first to end closes the other.

    Raises
    ------
    ReportUnreadable
        ``encrypted``, ``needs_libreoffice``, ``timeout``, ``damaged``
    """
    _refuse_other_documents(data, name)
    announce(seconds)
    program = find_libreoffice()
    if program is None:
        raise ReportUnreadable(
            "needs_libreoffice",
            f"{name}: is an old Word or WPS document or RTF, which LibreOffice must turn into .docx.",
            "Install LibreOffice (package libreoffice-writer), or save the document as .docx or as text (.txt, UTF-8).",
        )
    suffix = ".rtf" if data.startswith(b"{\\rtf") else ".doc"
    with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        (home / "profile" / "user").mkdir(parents=True)
        (home / "profile" / "user" / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
        (home / "out").mkdir()
        document = home / f"report{suffix}"
        document.write_bytes(data)
        command = [
            program, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore", "--nologo",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "out"), str(document),
        ]  # fmt: skip
        if not _run([*_limited(), *_without_network(), *command], home, seconds):
            raise ReportUnreadable(
                "timeout",
                f"{name}: LibreOffice did not convert it within {seconds:g} s.",
                "Save the document as .docx and read that.",
            )
        result = home / "out" / "report.docx"
        if not result.is_file():
            raise ReportUnreadable(
                "damaged",
                f"{name}: LibreOffice cannot open it as a text document, or not within {MAX_MEMORY / 2**30:g} GB.",
                "Open it in Word or WPS and save it as .docx.",
            )
        return result.read_bytes()


def _refuse_other_documents(data: bytes, name: str) -> None:
    if not data.startswith(OLE):
        return
    # The names of the streams stand in the directory of the file, in UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise ReportUnreadable("encrypted", f"{name}: is locked with a password.", "Save a copy without a password.")
    if "WordDocument".encode("utf-16-le") not in data:
        workbook = any(stream.encode("utf-16-le") in data for stream in ("Workbook", "Book"))
        kind = "an old Excel workbook (.xls)" if workbook else "no Word document"
        raise ReportUnreadable(
            "unsupported_format",
            f"{name}: is {kind}.",
            "Save the report as .docx, as a web page (.html) or as text (.txt, UTF-8).",
        )


def _run(command: list[str], home: Path, seconds: float) -> bool:
    """Whether the program ended in time; with it end the processes that it started."""
    environment = {
        key: printed for key, printed in os.environ.items() if key in {"PATH", "LANG", "LC_ALL", "SYSTEMROOT"}
    }
    environment |= {
        "HOME": str(home),
        "TMPDIR": str(home),
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }
    process = subprocess.Popen(
        command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=os.name == "posix",
    )  # fmt: skip
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if os.name == "posix":
            with suppress(ProcessLookupError):  # all have ended
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()
    return True


def _limited() -> tuple[str, ...]:
    """A command that runs another one whose processes get no more memory than ``MAX_MEMORY``, where the system allows it."""
    if os.name != "posix":
        return ()
    return ("/bin/sh", "-c", 'ulimit -d "$0" 2>/dev/null; exec "$@"', str(MAX_MEMORY // 1024))


@cache
def _without_network() -> tuple[str, ...]:
    """A command that runs another one without any network, where the system allows it."""
    unshare = find_program("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--map-root-user", "--net")
    tried = subprocess.run(
        [*command, "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=10, check=False
    )
    return command if tried.returncode == 0 else ()
