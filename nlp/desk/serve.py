"""Serves the desk on this machine until it is told to stop."""

from __future__ import annotations

import ipaddress
import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

from nlp.checking.settings import Settings
from nlp.desk.guard import LOOPBACK, Pass

BACKLOG = 128


class HostRefused(ValueError):
    """An address that the desk does not listen on; the message says what to do."""


def serve(
    tags: Path | None = None,
    *,
    sample: Path | None = None,
    reviews: Path | None = None,
    verdicts: Path | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
    language: str = "zh",
    settings: Settings | None = None,
    open_browser: bool = True,
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the desk; returns when it is interrupted.

    Parameters
    ----------
    tags : the folder of a run to browse and review
    sample : a sheet of `gongkai sample` whose statements are to be reviewed
    verdicts : the file of what people say of findings; ``gongkai-verdicts.jsonl`` in the working folder unless given
    reviews : the file of reviews; beside the folder of tags unless given
    host : an address of this machine; other machines reach the desk only when it is not one of the loop
    port : 0 for any that is free
    ready : told the first address, token and all, once the desk listens

    Raises
    ------
    HostRefused : ``host`` is no single address of this machine, or the port is taken
    VerdictsWrong : the file of verdicts is of another kind
    TagsUnusable : the folder holds no tags
    SampleUnusable : the design of the sample is missing or damaged
    ReviewsUnusable : the file of reviews cannot be used
    """
    if verdicts is not None:
        from nlp.checking.verdicts import read_verdicts

        read_verdicts(verdicts)  # a file of another kind is told at once
    library, kept = None, None
    if tags is not None:
        from nlp.desk.queue import of_sample, reviews_path
        from nlp.desk.reviews import Reviews
        from nlp.desk.views import opened

        library, kept = opened(tags), Reviews(reviews or reviews_path(tags))
        if sample is not None:
            units, blind = of_sample(library, sample)
            kept.add(units, blind=blind)
    listening = listen(host, port)
    # The port is ours from here on; what takes time to load is loaded behind it.
    passing = Pass(listening.getsockname()[1], hosts=LOOPBACK if host in LOOPBACK else frozenset({host}))
    address = passing.address(host)

    import uvicorn

    from nlp.desk.app import VERDICTS, make_app

    app = make_app(
        passing, language=language, settings=settings, library=library, reviews=kept, verdicts=verdicts or VERDICTS
    )
    # What the server says of requests would hold the token of the first one.
    config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False, ws="none", lifespan="on")
    server = uvicorn.Server(config)
    threading.Thread(target=app.warm, daemon=True).start()
    ready(address)
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    with listening:
        server.run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on one address of this machine. Raises ``HostRefused``."""
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise HostRefused(f"{host}: is no address. Name one of this machine, such as 127.0.0.1.") from None
    if address.is_unspecified:
        raise HostRefused(f"{host}: would listen everywhere. Name the one address that others are to use.")
    listening = socket.socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((str(address), port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise HostRefused(
            f"{host}:{port}: cannot be used ({error.strerror}). Choose another --host or --port."
        ) from None
    return listening
