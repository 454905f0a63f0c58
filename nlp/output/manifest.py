"""What may be replaced: only what a list of ours with digests, or a seal, proves to be of our own writing.

``run.json`` lists the files of a run with their SHA-256. Files are put in place only where nothing is, or over files of
that list which are still as they were written; everything else in the folder belongs to somebody else.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nlp.inputs.inventory import RUN, STATE_FOLDER
from nlp.output.seal import is_sealed
from nlp.output.whole import sync, write_text
from nlp.records import OutputRefused

PLACING = "placing.json"  # in the state folder while files are put in place: a run that was ended there knows its own
MAX_MANIFEST_BYTES = 64 * 2**20


@dataclass(slots=True)
class Manifest:
    """The files of a run by their path in its folder (with ``/``), each with its digest; its formats, and the command that wrote them.

    A file has two digests where a run was ended while it put its files in place.
    """

    written: dict[str, set[str]] = field(default_factory=dict)
    formats: list[str] = field(default_factory=list)
    by_year: bool = False
    finished: bool = False
    command: str = "tag"

    def add(self, written: object) -> None:
        """Add files with their digests. Raises ``ValueError`` when they are no such list."""
        if not isinstance(written, dict):
            raise ValueError("no list of files")
        for name, digests in written.items():
            self.written.setdefault(name, set()).update(map(str, [digests] if isinstance(digests, str) else digests))


def read_manifest(out: Path) -> Manifest:
    """What we wrote into the folder ``out``; an empty list where there is none.

    Raises ``OutputRefused`` when ``run.json`` is not ours.
    """
    manifest = Manifest()
    try:
        if (values := _values(out / STATE_FOLDER / PLACING)) is not None:
            manifest.add(values)
        if (values := _values(out / RUN)) is not None:
            manifest.add(values["written"])
            manifest.written[RUN] = {_digest(out / RUN)}
            manifest.formats, manifest.by_year = (
                list(values["settings"]["formats"]),
                bool(values["settings"]["by_year"]),
            )
            manifest.command = str(values.get("command", "tag"))
            manifest.finished = True
    except (ValueError, KeyError, TypeError, RecursionError):
        raise OutputRefused(
            f"{out / RUN}: is not the list of a run of this version, or is damaged. Move it away, or choose another folder."
        ) from None
    except OSError as error:
        raise OutputRefused(f"{out / RUN}: cannot be read ({error.strerror}). Choose another folder.") from None
    return manifest


def refuse_foreign(out: Path, names: Iterable[str], manifest: Manifest, *, reads: Iterable[str | Path] = ()) -> None:
    """Raise ``OutputRefused`` unless everything of these names in the folder ``out`` is ours and unchanged, or nothing.

    Parameters
    ----------
    names : of files and folders directly in ``out``
    reads : the inputs, none of which may be one of them or lie in it
    """
    for name in (STATE_FOLDER, *(f"{STATE_FOLDER}/{inner}" for inner in ("shards", "collected", "new"))):
        if os.path.lexists(out / name) and not _is(stat.S_ISDIR, out / name):
            raise OutputRefused(f"{out / name}: is no folder. Move it away, or choose another folder.")
    targets = {name: os.path.realpath(out / name) for name in names}
    for path in reads:
        real = os.path.realpath(path)
        for name, target in targets.items():
            if real == target or real.startswith(target + os.sep):
                raise OutputRefused(f"{path}: would be replaced by the result {out / name}. Choose another folder.")
    for name in targets:
        for relative in _files(out, name):
            if relative not in manifest.written:
                what = "is there and was not written by a run of gongkai"
            elif not _is(stat.S_ISREG, out / relative) or _digest(out / relative) not in manifest.written[relative]:
                what = "was changed since gongkai wrote it"
            else:
                continue
            raise OutputRefused(f"{out / relative}: {what}. Move it away, or choose another folder.")


def refuse_foreign_file(path: Path, *, reads: Iterable[str | Path] = ()) -> None:
    """Raise ``OutputRefused`` unless a file may be written at ``path``: nothing is there, or a sealed file of ours.

    ``reads`` are the inputs, none of which it may be.
    """
    if not os.path.lexists(path):
        return
    if any(os.path.exists(given) and os.path.samefile(path, given) for given in reads if os.fspath(given) != "-"):
        raise OutputRefused(f"{path}: is what is read. Name another file.")
    if path.is_symlink() or not _is(stat.S_ISREG, path):
        kind = "a link" if path.is_symlink() else "a folder" if path.is_dir() else "a device or a pipe"
        raise OutputRefused(f"{path}: is {kind}. Name a new file.")
    if not is_sealed(path):
        raise OutputRefused(
            f"{path}: is there and was not written by gongkai, or was changed since. Name another file."
        )


def put_in_place(new: Path, out: Path, run: dict[str, Any], *, reads: Iterable[str | Path] = ()) -> list[Path]:
    """Move everything in the folder ``new`` into ``out``, remove what an earlier run left, and write ``run.json``.

    The paths of the new files and folders in ``out`` come back. Whatever ends the program on the way, the next run knows
    which files are ours.

    Raises ``OutputRefused`` when something of another stands in the way; then nothing was moved.
    """
    manifest = read_manifest(out)
    names = sorted(entry.name for entry in new.iterdir())
    old = {name.split("/")[0] for name in manifest.written}
    refuse_foreign(out, {*names, *old, RUN}, manifest, reads=reads)
    digests = {relative: _digest(new / relative) for name in names for relative in _files(new, name)}
    state = out / STATE_FOLDER
    state.mkdir(exist_ok=True)
    placing = Manifest({name: {digest} for name, digest in digests.items()})
    placing.add(manifest.written)
    write_text(state / PLACING, json.dumps({name: sorted(d) for name, d in placing.written.items() if name != RUN}))
    for relative in digests:
        sync(new / relative)
    for name in names:
        _remove(out / name) if (out / name).is_dir() or (new / name).is_dir() else None
        (new / name).replace(out / name)
    for name in sorted(old.difference(names, [RUN])):
        _remove(out / name)
    sync(out)
    write_text(out / RUN, json.dumps({**run, "written": digests}, ensure_ascii=False, indent=2) + "\n")
    (state / PLACING).unlink()
    return [out / name for name in names]


def _values(path: Path) -> dict[str, Any] | None:
    if not os.path.lexists(path):
        return None
    if not _is(stat.S_ISREG, path) or path.stat().st_size > MAX_MANIFEST_BYTES:
        raise ValueError("no list")
    values = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(values, dict):
        raise ValueError("no list")
    return values


def _files(folder: Path, name: str) -> Iterator[str]:
    """What lies at ``name`` in a folder: it, or everything in it at any depth but the folders, as paths with ``/``."""
    path = folder / name
    if _is(stat.S_ISDIR, path):
        for inner in sorted(os.listdir(path)):
            yield from _files(folder, f"{name}/{inner}")
    elif os.path.lexists(path):
        yield name


def _is(kind: Any, path: Path) -> bool:
    """Whether there is something of a kind at ``path`` itself, not where a link leads."""
    try:
        return bool(kind(path.lstat().st_mode))
    except OSError:
        return False


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
