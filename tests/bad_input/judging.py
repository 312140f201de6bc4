"""What is wrong with an answer to bad input, and what was counted over all of them."""

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

import httpx
from markupsafe import escape

SEE_OTHER: Final = 303
SLOW: Final = 2.0  # seconds of the processor: how busy the machine is tells nothing of the product
SHORTEST_ECHO: Final = 6
# What no page may carry: controls, half signs, and characters that turn text or are not seen.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]"
    "|[\U000e0000-\U000e007f]"
)


@dataclass
class Tally:
    """What was sent and how it was answered, over every form."""

    forms: set[str] = field(default_factory=set)
    accepted_whole: set[str] = field(default_factory=set)
    rows: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def finds(self, kind: str, where: str) -> None:
        """Count something that is wrong, and keep the first hundred."""
        self.counts[kind] += 1
        if len(self.wrong) < 100:
            self.wrong.append(f"{kind}: {where}")

    def said(self) -> str:
        """Return the counts as lines."""
        count = self.counts
        return (
            f"whole postings accepted: {len(self.accepted_whole)} of {len(self.forms)} forms\n"
            f"fields: {count['fields']}; files: {count['files']}; "
            f"addresses: {count['addresses']}; rows of the corpus sent: {len(self.rows)}; "
            f"postings: {count['postings']}; requests: {count['requests']}\n"
            f"accepted {count['accepted']}, refused {count['refused']}, "
            f"kept exactly {count['kept exactly']} of {count['kept']}\n"
            f"answers of 500 or more: {count['failed']}; echoes: {count['echo']}; "
            f"changes by refused ones: {count['changed']}; other than expected: "
            f"{count['other']}; not kept exactly: {count['not kept']}\n"
            f"most work for an answer: {self.slowest:.2f} s; over {SLOW:.0f} s: {count['slow']}"
        )


@dataclass
class Clock:
    """How much of the processor one answer took."""

    began: float = field(default_factory=time.process_time)

    def stop(self, tally: Tally, where: str) -> None:
        """Count the answer as slow if it was."""
        took = time.process_time() - self.began
        tally.slowest = max(tally.slowest, took)
        if took > SLOW:
            tally.finds("slow", f"{where}: {took:.1f} s")


def look_over(tally: Tally, answer: httpx.Response, sent: list[str], name: str, where: str) -> None:
    """Count an answer that failed, or that says again what was sent in the wrong place."""
    if answer.status_code >= 500:
        tally.finds("failed", f"{where}: {answer.status_code}")
    text = answer.text
    if _FORBIDDEN.search(text):
        tally.finds("echo", f"{where}: a character that no page may carry")
    elsewhere = _without_the_field(text, name)
    headers = " ".join(answer.headers.values())
    for value in sent:
        if _is_plain(value) or len(value.strip()) < SHORTEST_ECHO:
            continue
        if _is_markup(value) and value in text:
            tally.finds("echo", f"{where}: not escaped")
        if str(escape(value)) in elsewhere or value in headers:
            tally.finds("echo", f"{where}: outside its own answer")


def _without_the_field(text: str, name: str) -> str:
    """Return the page without the one place where a typed answer stands to be put right."""
    if not name:
        return text
    named = re.escape(name)
    text = re.sub(rf'<input[^>]*\bname="{named}(?:-(?:day|month|year|time))?"[^>]*>', "", text)
    return re.sub(rf'<textarea[^>]*\bname="{named}"[^>]*>.*?</textarea>', "", text, flags=re.DOTALL)


def _is_markup(value: str) -> bool:
    return any(sign in value for sign in "<>\"'")


def _is_plain(value: str) -> bool:
    """Tell whether the value is a word that a page may say of itself."""
    return value.strip().isascii() and value.strip().isalpha() and len(value) < 20
