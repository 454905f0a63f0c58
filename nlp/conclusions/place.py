"""Where results may be written: where nothing is, or over what this program provably wrote."""

from __future__ import annotations

from pathlib import Path

from nlp.conclusions.design import sha256_of
from nlp.records import OutputRefused

SUMS = "SHA256SUMS"


def check_file(path: Path | None, *, force: bool = False) -> None:
    """Raises ``OutputRefused`` when something is at ``path`` and ``force`` does not say to replace it."""
    if path is None or not path.exists():
        return
    if path.is_dir():
        raise OutputRefused(f"{path}: is a folder. Name a file with --out.")
    if not force:
        raise OutputRefused(f"{path}: is there already. Choose another file with --out, or replace it with --force.")


def check_folder(folder: Path, *, force: bool = False) -> None:
    """Raises ``OutputRefused`` unless ``folder`` is free: missing, empty, or with ``force`` holding what was written there.

    What was written is listed with its digests in ``SHA256SUMS``; a file that is not in the list, or was changed since,
    is somebody's work and is never replaced.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputRefused(f"{folder}: is a file. Name a folder with --out.")
    there = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    if not there:
        return
    if not force:
        raise OutputRefused(
            f"{folder}: holds files already. Choose another folder with --out, or replace them with --force."
        )
    sums = read_sums(folder)
    for path in there:
        name = path.relative_to(folder).as_posix()
        if name != SUMS and sums.get(name) != sha256_of(path):
            raise OutputRefused(
                f"{path}: is not what this program wrote there. Move it away first, or choose another folder."
            )


def write_sums(folder: Path) -> None:
    """Write ``SHA256SUMS`` of all files below ``folder``, as ``sha256sum -c`` reads it."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = [f"{sha256_of(folder / name)}  {name}\n" for name in names if name != SUMS]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def read_sums(folder: Path) -> dict[str, str]:
    """The digests in ``SHA256SUMS`` by file; empty where there is none."""
    try:
        lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    pairs = (line.split("  ", 1) for line in lines if "  " in line)
    return {name: digest for digest, name in pairs}
