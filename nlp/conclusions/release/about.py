"""What is said of a release: its title, who made it, under which licence, when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from nlp.records import OutputRefused

# Licences for data, by their SPDX ids, with the place of their text.
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-NC-4.0": "https://creativecommons.org/licenses/by-nc/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
}
ORCID = re.compile(r"(?:https://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
CREATOR = re.compile(r"^(?P<name>[^<>]{1,200}+)(?:<(?P<id>[^<>]{1,200})>)?$")
VERSION = re.compile(r"\d+(?:\.\d+){0,2}(?:[-+][\w.]+)?")


@dataclass(frozen=True, slots=True)
class Creator:
    """A person or an institution; ``orcid`` is the address of its ORCID record, "" without one."""

    name: str
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a release says of itself."""

    title: str
    creators: tuple[Creator, ...]
    licence: str
    version: str
    issued: date
    description: str = ""
    url: str = ""

    @property
    def licence_url(self) -> str:
        """Where the text of the licence is."""
        return LICENCES[self.licence]

    def citation(self) -> str:
        """How to cite it, in a line."""
        names = "; ".join(creator.name for creator in self.creators)
        where = f" {self.url}" if self.url else ""
        return f"{names} ({self.issued.year}). {self.title} (version {self.version}) [data set].{where}"


def read_creator(text: str) -> Creator:
    """A creator from ``Name`` or ``Name <ORCID>``.

    Raises ``OutputRefused`` when it is neither, or the ORCID's last digit does not check.

    >>> read_creator("李青 <0000-0002-1825-0097>")
    Creator(name='李青', orcid='https://orcid.org/0000-0002-1825-0097')
    """
    found = CREATOR.match(text.strip())
    if found is None:
        raise OutputRefused(f"--creator {text}: no name. Write it as 'Name' or 'Name <0000-0002-1825-0097>'.")
    if found["id"] is None:
        return Creator(found["name"].strip())
    orcid = ORCID.fullmatch(found["id"].strip())
    if orcid is None or _check_digit(orcid[1]) != orcid[1][-1]:
        raise OutputRefused(f"--creator {text}: {found['id']} is no ORCID. Look it up at orcid.org, or leave it out.")
    return Creator(found["name"].strip(), f"https://orcid.org/{orcid[1]}")


def _check_digit(orcid: str) -> str:
    """The last digit that an ORCID must have (ISO 7064, 11-2)."""
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def check_about(about: About) -> None:
    """Raises ``OutputRefused`` for a title, licence or version that cannot stand in a release."""
    if not about.title.strip():
        raise OutputRefused("--title: empty. Say what the data are.")
    if not about.creators:
        raise OutputRefused("--creator: missing. Name at least one person or institution.")
    if about.licence not in LICENCES:
        raise OutputRefused(f"--licence {about.licence}: not known. Choose from {', '.join(LICENCES)}.")
    if not VERSION.fullmatch(about.version):
        raise OutputRefused(f"--release-version {about.version}: no version. Write it as 1.0.0.")
