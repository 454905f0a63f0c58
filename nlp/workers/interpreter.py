"""How a process of ours starts: with an explicit path, so that nothing that lies in a folder of reports is ever run.

Python looks for modules first where it was started (``python -m``, ``python -c``) or where the script lies. A crawl may
hold a file ``msgspec.py``.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

PACKAGE_ROOT = str(Path(__file__).resolve().parents[2])
BEGIN = "import json, sys\nsys.path[:] = json.loads(sys.argv.pop(1))\n"


def _here() -> str | None:
    try:
        return os.getcwd()
    except OSError:  # it was removed
        return None


_STARTED_IN = _here()


def python_command(code: str, *arguments: str) -> list[str]:
    """The command that runs ``code`` in a Python of its own; ``arguments`` are its ``sys.argv[1:]``.

    The process imports from where this one does, but never from the current folder, the folder of the script that was
    started, or a relative path.
    """
    utf8 = ["-X", "utf8"] if sys.flags.utf8_mode else []  # names of files must mean the same on both sides
    return [sys.executable, "-I", *utf8, "-c", BEGIN + code, json.dumps(import_paths()), *arguments]


def import_paths() -> list[str]:
    """Where modules are looked for: ``sys.path`` without the places that Python adds by itself when it starts."""
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    added = {_here(), _STARTED_IN, script and os.path.dirname(os.path.abspath(script))}
    added |= {os.path.realpath(folder) for folder in added if folder}
    named = {PACKAGE_ROOT, *os.environ.get("PYTHONPATH", "").split(os.pathsep)}
    paths = dict.fromkeys([*sys.path, PACKAGE_ROOT])
    return [path for path in paths if os.path.isabs(path) and (path in named or path not in added)]


def find_program(*names: str) -> str | None:
    """The first of these programs that is installed; one in the current folder is none, whatever ``PATH`` says."""
    folders = [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(folder)]
    found = (shutil.which(name, path=os.pathsep.join(folders)) for name in names)
    return next((path for path in found if path and os.path.isabs(path)), None)  # Windows looks here first: ".\\name"
