"""Sinks that leave Keyline: emails, objects, answers to requests, command lines."""

import re
import smtplib
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import httpx
import psutil

from services.domain.identifiers import PartnershipId
from services.domain.message_ids import message_id_for
from tests.canary.sinks import Pieces, Sink, as_text, on_one_line

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_UNSEEN: Final = re.compile(rb"<!--.*?-->|<script.*?</script>|<style.*?</style>", re.DOTALL)
_MOST_METADATA: Final = 1_500
# The form with its errors goes back to the person who typed it.
ECHOED: Final = 422


def emails(
    caught: Callable[[], Iterable[bytes]], at: tuple[str, int], whose: PartnershipId
) -> Sink:
    """Return every email as it went over the wire to the SMTP server."""

    def plant(leaks: Sequence[bytes]) -> None:
        with smtplib.SMTP(*at, timeout=20) as server:
            for number, leak in enumerate(leaks):
                email = EmailMessage(policy=SMTP)
                email["From"], email["To"] = "keyline@example.org", "someone@example.org"
                email["Message-ID"] = message_id_for(whose, f"planted {number}")
                if as_text(leak) == leak.decode("latin-1"):
                    email.set_content(as_text(leak))
                else:
                    email.set_content(leak, "application", "octet-stream")
                server.send_message(email)

    return Sink("emails, over SMTP", lambda: [("an email", one) for one in caught()], plant)


@dataclass(frozen=True)
class Bucket:
    """The object store, asked as its administrator would."""

    client: "S3Client"
    name: str

    def names(self) -> Sink:
        """Return the names, tags and metadata of every version of every object."""
        return Sink("objects' names, tags and metadata", self._names, self._plant_names)

    def contents(self) -> Sink:
        """Return the bytes of every version as they lie in the store."""
        return Sink("objects' bytes", self._contents, self._plant_contents)

    def _versions(self) -> Iterable[tuple[str, str]]:
        for page in self.client.get_paginator("list_object_versions").paginate(Bucket=self.name):
            for one in page.get("Versions", ()):
                yield one["Key"], one["VersionId"]

    def _names(self) -> Pieces:
        for key, version in self._versions():
            head = self.client.head_object(Bucket=self.name, Key=key, VersionId=version)
            tags = self.client.get_object_tagging(Bucket=self.name, Key=key, VersionId=version)
            kept = {"metadata": head["Metadata"], "type": head["ContentType"]}
            yield key, repr((key, version, kept, tags["TagSet"])).encode()

    def _contents(self) -> Pieces:
        for key, version in self._versions():
            found = self.client.get_object(Bucket=self.name, Key=key, VersionId=version)
            yield key, found["Body"].read()

    def _plant_names(self, leaks: Sequence[bytes]) -> None:
        for number, leak in enumerate(leaks):
            words = on_one_line(leak)
            key = f"t/planted/{number}"
            told = {"said": words} if len(words) < _MOST_METADATA else {}
            key = key if told else f"{key}/{quote(words)}"
            self.client.put_object(Bucket=self.name, Key=key, Body=b"", Metadata=told)

    def _plant_contents(self, leaks: Sequence[bytes]) -> None:
        for number, leak in enumerate(leaks):
            self.client.put_object(Bucket=self.name, Key=f"t/planted/b{number}", Body=leak)


@dataclass
class Answers:
    """Every answer that people were given, and whether the person may see the case."""

    given: list[tuple[bool, httpx.Response]] = field(default_factory=list)

    def note(self, response: httpx.Response, *, may_see: bool) -> None:
        """Keep an answer for the scan."""
        self.given.append((may_see, response))

    def sinks(self) -> tuple[Sink, ...]:
        """Return what of them must hold no words of a case."""
        return (
            Sink("addresses, headers and cookies of answers", self._heads, self._plant_heads),
            Sink("answers to others, and errors", self._refusals, self._plant_bodies),
            Sink("comments, scripts and styles of pages", self._unseen, self._plant_unseen),
        )

    def _heads(self) -> Pieces:
        for may_see, one in self.given:
            # A file that is sent to who may open it says its name.
            own = {"content-disposition"} if may_see and one.is_success else set()
            headers = [each for each in one.headers.multi_items() if each[0] not in own]
            where = f"{one.request.method} {one.request.url.path}"
            yield where, f"{one.request.url}\n{headers}".encode()

    def _refusals(self) -> Pieces:
        for may_see, one in self.given:
            failed = one.status_code >= 400 and one.status_code != ECHOED
            if failed or not may_see:
                yield f"{one.status_code} {one.request.url.path}", one.content

    def _unseen(self) -> Pieces:
        for _may_see, one in self.given:
            if one.headers.get("content-type", "").startswith("text/html"):
                for found in _UNSEEN.findall(one.content):
                    yield one.request.url.path, found

    def _plant_heads(self, leaks: Sequence[bytes]) -> None:
        for leak in leaks:
            headers = {"location": f"/cases?q={on_one_line(leak)}"}
            self.note(_answer(b"", headers), may_see=True)

    def _plant_bodies(self, leaks: Sequence[bytes]) -> None:
        for leak in leaks:
            self.note(_answer(leak, {}), may_see=False)

    def _plant_unseen(self, leaks: Sequence[bytes]) -> None:
        for leak in leaks:
            page = b"<p>Hello</p><!-- " + as_text(leak).encode() + b" -->"
            self.note(_answer(page, {"content-type": "text/html; charset=utf-8"}), may_see=True)


def _answer(content: bytes, headers: dict[str, str]) -> httpx.Response:
    asked = httpx.Request("GET", "http://keyline.test/planted")
    return httpx.Response(404, content=content, headers=headers, request=asked)


class CommandLines:
    """What anybody on the machine sees of our processes: their arguments."""

    def __init__(self, pids: Callable[[], Iterable[int]]) -> None:
        self._pids = pids
        self._planted: list[subprocess.Popen[bytes]] = []

    def sink(self) -> Sink:
        """Return the command lines of every process of the platform and of its children."""
        return Sink("command lines of our processes", self._pieces, self._plant)

    def end(self) -> None:
        """End what was planted."""
        for each in self._planted:
            each.kill()
            each.wait()

    def _pieces(self) -> Pieces:
        for pid in (*self._pids(), *(each.pid for each in self._planted)):
            try:
                parent = psutil.Process(pid)
                for process in (parent, *parent.children(recursive=True)):
                    yield process.name(), "\n".join(process.cmdline()).encode()
            except psutil.NoSuchProcess:
                continue

    def _plant(self, leaks: Sequence[bytes]) -> None:
        waits = [sys.executable, "-c", "import time; time.sleep(600)", *map(as_text, leaks)]
        self._planted.append(subprocess.Popen(waits))  # noqa: S603 -- our own words
