"""Files of the corpus, sent to the form that takes one: refused, or kept as what they are."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any, Final

import httpx

from tests.bad_input.corpus import NO_TEXT, About, Row, rows_of, text_of
from tests.bad_input.fields import Fields
from tests.bad_input.judging import SEE_OTHER, look_over
from tests.bad_input.stage import Stage
from tests.bad_input.trying import Form
from tests.matrix import PNG
from tests.storage import test_office as office
from tests.storage import test_pdfs as pdfs

BOUNDARY: Final = "a-boundary"
PICTURE: Final = "{picture}"
MOST_AT_ONCE: Final = 12
_TURNS: Final = count()


@dataclass(frozen=True, slots=True)
class Sent:
    """One file as it is sent, and what becomes of it."""

    said: str
    name: str
    content: bytes
    is_good: bool
    kept_as: str = ""
    media_type: str = "application/octet-stream"


Send = Callable[[Fields, Sent], httpx.Response]


def try_files(stage: Stage, form: Form, send: Send) -> None:
    """Send every file, or for the short form some of them."""
    files = _all_files()
    if not stage.whole:
        files = tuple(files[next(_TURNS) * 5 % len(files)] for _ in range(MOST_AT_ONCE))
    form.open()
    for file in files:
        with form.undone(stage):
            before = stage.place.rows()
            answer = send({**form.hidden, **form.valid}, file)
            stage.tally.counts["files"] += 1
            where = f"{form.name}, a file: {file.said}"
            look_over(stage.tally, answer, [], "", where)
            if file.is_good:
                _must_be_kept(stage, answer, file, where)
            elif 400 <= answer.status_code < 500:
                stage.tally.counts["refused"] += 1
                if stage.place.rows() != before:
                    stage.tally.finds("changed", where)
            else:
                stage.tally.finds("other", f"{where}: answered {answer.status_code}")


def _must_be_kept(stage: Stage, answer: httpx.Response, file: Sent, where: str) -> None:
    if answer.status_code != SEE_OTHER:
        stage.tally.finds("other", f"{where}: good, and answered {answer.status_code}")
        return
    question = "select filename, sha256 from documents where sha256 = %s"
    found = stage.place.ask(question, hashlib.sha256(file.content).hexdigest())
    stage.tally.counts["accepted"] += 1
    stage.tally.counts["kept"] += 1
    if [name for name, _digest in found] == [file.kept_as]:
        stage.tally.counts["kept exactly"] += 1
    else:
        stage.tally.finds("not kept", f"{where}: {found}")


def in_parts(fields: Fields, file: Sent) -> bytes:
    """Return a posting with a file, in parts as a browser sends them."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="'
    parts = [
        f'{head}{name}"\r\n\r\n{text}\r\n'.encode("utf-8", NO_TEXT)
        for name, texts in fields.items()
        for text in texts
    ]
    first = f'{head}file"; filename="{file.name}"\r\nContent-Type: {file.media_type}\r\n\r\n'
    return b"".join((*parts, first.encode(), file.content, f"\r\n--{BOUNDARY}--\r\n".encode()))


def a_picture() -> Sent:
    """Return a file that is good."""
    return Sent("a picture", "a.png", PNG, is_good=True, kept_as="a.png", media_type="image/png")


@cache
def _all_files() -> tuple[Sent, ...]:
    """Return the files, made once for every form that takes one."""
    return tuple(_files())


def _files() -> Iterator[Sent]:
    yield from (_of_row(row) for row in rows_of("files.json"))
    for said, (make, _told) in office.REFUSED.items():
        yield Sent(said, "a.docx", make(), is_good=False)
    for said, make in office.KEPT.items():
        yield Sent(said, "a.docx", make(), is_good=True, kept_as="a.docx")
    for said, (change, _told) in pdfs.REFUSED.items():
        yield Sent(said, "a.pdf", pdfs.a_pdf(change), is_good=False)


def _of_row(row: Row) -> Sent:
    said = row.said
    name = text_of(said["file"], About())
    return Sent(
        said=str(row),
        name=name,
        content=_content(said["content"]),
        is_good=row.expect == "kept",
        kept_as=text_of(said.get("kept", name), About()),
        media_type=said.get("type", "application/octet-stream"),
    )


def _content(said: Any) -> bytes:
    return PNG if said == PICTURE else text_of(said, About()).encode("utf-8", NO_TEXT)
