"""Options that several commands share: which model, which corpus, and which of its columns holds what."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


def named(paths: list[str] | None) -> list[str] | None:
    """The paths as given; an empty one is refused, for it would be the current folder."""
    if "" in (paths or ()):
        raise typer.BadParameter("an empty path was given (a variable that is not set?). Name files or folders.")
    return paths


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT…",
        help="Files, folders, archives, tables (--text-column), - for standard input, patterns, @list.txt with one path a line.",
        show_default=False,
        callback=named,
    ),
]
CorpusFile = Annotated[
    Path, typer.Argument(metavar="CORPUS", help="A labelled corpus, or a folder of its files.", show_default=False)
]
TextColumn = Annotated[str | None, typer.Option("--text", help="Column of the text, when it has an unusual name.")]
LabelColumn = Annotated[str | None, typer.Option("--label", help="Column of the labels, when it has an unusual name.")]
TaxonomyFile = Annotated[Path | None, typer.Option("--taxonomy", help="TOML file of the labels that may occur.")]
JoinedBy = Annotated[
    str | None,
    typer.Option(
        "--joined-by", help="What stands between several labels in one cell; found out by default.", show_default=False
    ),
]
SkipBadRows = Annotated[
    bool, typer.Option("--skip-bad-rows", help="Leave out rows that cannot be used, instead of stopping.")
]
ReportColumn = Annotated[
    str | None,
    typer.Option(
        "--text-column",
        help="Tables: column that holds text or HTML. Tables in folders are read too.",
        show_default=False,
    ),
]
NameColumn = Annotated[
    str | None,
    typer.Option("--id-column", "--name-column", help="Tables: column that names the rows.", show_default=False),
]
ModelFolder = Annotated[
    str | None,
    typer.Option(
        "--model",
        help="Model in place of the package's: a folder that `gongkai train` wrote, or a name of `gongkai models`.",
        show_default=False,
    ),
]
ChangedVocabulary = Annotated[
    bool,
    typer.Option(
        "--allow-changed-vocabulary", help="Take a model although cues that it was trained with have changed since."
    ),
]
ModelName = Annotated[
    str,
    typer.Argument(
        metavar="MODEL",
        help="A folder that `gongkai train` wrote, or a name of `gongkai models`.",
        show_default=False,
    ),
]
TagsFolder = Annotated[
    Path, typer.Argument(metavar="TAGS", help="Folder that `gongkai tag --out` wrote.", show_default=False)
]
By = Annotated[
    str, typer.Option("--by", help="Columns of the table reports, joined by commas: year,level.", show_default=False)
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", help="Refuse documents that are no report on disclosure, instead of reading what they share."
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Replace what an earlier call of this command wrote there.")]


def listed(text: str) -> tuple[str, ...]:
    """The values of an option that takes several, joined by commas; each once.

    >>> listed("year, level,")
    ('year', 'level')
    """
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


class Language(StrEnum):
    """The languages of what people read."""

    zh = "zh"
    en = "en"


Lang = Annotated[
    Language | None,
    typer.Option("--lang", help="Language of what is shown; that of the locale by default.", show_default=False),
]


def chosen_language(lang: Language | None) -> str:
    """The language asked for, or that of the locale: English where it says so, else Chinese."""
    from nlp.vocabulary.texts import language_of

    return lang.value if lang else language_of()
