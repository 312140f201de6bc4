"""The words of a partnership's own for its bodies, wherever Keyline says one of them (E-10, 5A).

What Keyline says is written with the framework's words, and `in_own_words` puts in their stead
those of the partnership for which it is said. Labels, templates, forms and errors all ask it, so no
word has to be looked up where it stands. What people wrote never passes through it.

For whom is spoken belongs to the page, the paper or the email that is made, as the language of a
reader does: it is kept beside the work (a context variable) and handed to no label.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final


class Body(StrEnum):
    """What a partnership may call by a word of its own; the rest of the framework's words stay."""

    REVIEW_GROUP = "review_group"
    REVIEW_TEAM = "review_team"
    EXECUTIVE = "executive"
    SCRUTINEER = "scrutineer"
    BUSINESS_MANAGER = "business_manager"
    UNIT = "unit"
    NEAR_MISS = "near_miss"


OwnWords = Mapping[Body, str]

LABELS: Final[dict[str, dict[str, str]]] = {
    # What each is, in words that none of them is called by: a form and a page name them so.
    "Body": {
        "review_group": "the group that oversees reviews and advises the partners",
        "review_team": "the team that carries out a local review with its reviewer",
        "executive": "the meeting of the partners at which a plan is signed off and a case closed",
        "scrutineer": "who scrutinises the arrangements independently",
        "business_manager": "who manages the work of the partnership",
        "unit": "the office of the partnership",
        "near_miss": "serious harm that was close, and did not come about",
    }
}
FRAMEWORK_WORDS: Final[OwnWords] = MappingProxyType(
    {
        Body.REVIEW_GROUP: "review group",
        Body.REVIEW_TEAM: "review team",
        Body.EXECUTIVE: "Executive",
        Body.SCRUTINEER: "independent scrutineer",
        Body.BUSINESS_MANAGER: "business manager",
        Body.UNIT: "business unit",
        Body.NEAR_MISS: "near miss",
    }
)
# How they are said in the middle of a sentence, the longest first.
_SAID: Final[Mapping[str, Body]] = MappingProxyType(
    {
        "executive of the partnership": Body.EXECUTIVE,
        "independent scrutineer": Body.SCRUTINEER,
        "partners' executive": Body.EXECUTIVE,
        "business manager": Body.BUSINESS_MANAGER,
        "business unit": Body.UNIT,
        "review group": Body.REVIEW_GROUP,
        "review team": Body.REVIEW_TEAM,
        "scrutineer": Body.SCRUTINEER,
        "Executive": Body.EXECUTIVE,
        "near miss": Body.NEAR_MISS,
    }
)
FIELD: Final = "own_words"
LONGEST_WORD: Final = 60
_WORD: Final = re.compile(r"[^\W_]+(?:[ '\u2019-][^\W_]+)*")
_OF_OTHERS: Final = frozenset({"panel", "national panel", "department", "ofsted"})


def _either(said: str) -> str:
    """Return the phrase with its first letter small or a capital."""
    return f"[{said[0].upper()}{said[0].lower()}]{re.escape(said[1:])}"


_EXECUTIVE: Final = "Executive"  # a name: small it is somebody of an agency
_PHRASES: Final = "|".join(one if one == _EXECUTIVE else _either(one) for one in _SAID)
_ARTICLE: Final = "[Aa]n? "
# Not inside a code, a path or an address.
_BEFORE, _BEHIND = r"(?<![\w/-])", r"(?=s?(?![\w/@-]))"
_SAYS: Final = rf"(?P<article>{_ARTICLE})?(?P<said>{_PHRASES})"
_PHRASE: Final = re.compile(f"{_BEFORE}{_SAYS}{_BEHIND}")
STRINGS_OF_TEMPLATE: Final = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")
# How a part of a template begins that is no text, and how it ends: past the braces of its own.
_ENDS: Final = MappingProxyType({"{{": "}}", "{%": "%}", "{#": "#}"})
_BEGINS: Final = re.compile("|".join(map(re.escape, _ENDS)))
_WITHIN: Final = re.compile(rf"{STRINGS_OF_TEMPLATE.pattern}|[\[({{]|[\])}}]|%}}")


@dataclass(slots=True)
class _Voice:
    """For whom is spoken now."""

    words: OwnWords = field(default_factory=dict)


_VOICE: ContextVar[_Voice | None] = ContextVar("own_words", default=None)


def words_in_use() -> OwnWords:
    """Return the words of their own of those for whom is spoken now; none if nobody's."""
    voice = _VOICE.get()
    return {} if voice is None else voice.words


@contextmanager
def spoken_with(words: OwnWords) -> Iterator[None]:
    """Say what is said inside with these words, in this thread and in those that it begins."""
    token = _VOICE.set(_Voice(words))
    try:
        yield
    finally:
        _VOICE.reset(token)


def speak_with(words: OwnWords) -> None:
    """Say the rest of what is spoken now with these words: a page knows its reader only later.

    Outside of `spoken_with` it says nothing to anybody.
    """
    voice = _VOICE.get()
    if voice is not None:
        voice.words = words


def in_own_words(text: str) -> str:
    """Return what Keyline says, with the words of the partnership for which it is said (E-10).

    It is never given what a person wrote, of which every word stands. What says the partnership's
    own words already is left as it is.
    """
    words = words_in_use()
    if not words:
        return text
    return _beside(frozenset(words.values())).sub(lambda found: _put(found, words), text)


@lru_cache
def _beside(own: frozenset[str]) -> re.Pattern[str]:
    """Return what finds the framework's words, and passes over these."""
    kept = "|".join(map(_either, sorted(own, key=len, reverse=True)))
    return re.compile(f"{_BEFORE}(?:(?P<own>(?:{_ARTICLE})?(?:{kept}))|{_SAYS}){_BEHIND}")


def _put(found: re.Match[str], words: OwnWords) -> str:
    if found["own"]:
        return found[0]
    said = found["said"]
    body = _SAID.get(said) or _SAID[said[:1].lower() + said[1:]]
    if body not in words:
        return found[0]
    own, article = words[body], found["article"] or ""
    begins = said[0].isupper() and said != _EXECUTIVE and not article
    return f"{_article(article, own)}{own[:1].upper() + own[1:] if begins else own}"


def _article(article: str, own: str) -> str:
    """Return the article as the word takes it: an acronym by how its first letter is said."""
    if not article:
        return ""
    first, is_spelled = own[:1].lower(), own[:2].isupper()
    return f"{article[0]}{'n' if first in ('aefhilmnorsx' if is_spelled else 'aeiou') else ''} "


def template_in_own_words(source: str) -> str:
    """Return the source of a template which says each body through `in_own_words`.

    Only what the template itself says: the names in it stand for what is given to it.
    """
    return "".join(map(_part_in_own_words, parts_of_template(source)))


def parts_of_template(source: str) -> Iterator[str]:
    """Yield the texts of a template, and what stands between them: what is put in, or is noted."""
    at = 0
    while begins := _BEGINS.search(source, at):
        yield source[at : begins.start()]
        at = _end_of(source, begins)
        yield source[begins.start() : at]
    yield source[at:]


def _end_of(source: str, begins: re.Match[str]) -> int:
    """Return where that part ends: a dictionary within another ends with two braces as well."""
    ends, depth = _ENDS[begins[0]], 0
    if ends == "#}":
        return source.index(ends, begins.end()) + len(ends)
    for found in _WITHIN.finditer(source, begins.end()):
        if not depth and source.startswith(ends, found.start()):
            return found.start() + len(ends)
        depth += (found[0] in {"{", "(", "["}) - (found[0] in {"}", ")", "]"})
    return len(source)


def _part_in_own_words(part: str) -> str:
    if part.startswith("{#"):
        return part
    if part.startswith(("{{", "{%")):
        return STRINGS_OF_TEMPLATE.sub(
            lambda found: f"in_own_words({found[0]})" if _PHRASE.search(found[0]) else found[0],
            part,
        )
    return _PHRASE.sub(lambda found: f'{{{{ in_own_words("{found[0]}") }}}}', part)


def framework_words_in(text: str) -> tuple[str, ...]:
    """Return each place at which a text says a body by the framework's word for it."""
    return tuple(found["said"] for found in _PHRASE.finditer(text))


def why_no_own_word(word: str) -> str:
    """Say why this cannot be a word for a body; nothing if it can."""
    if len(word) > LONGEST_WORD:
        return f"a word of your own has at most {LONGEST_WORD} characters, not {len(word)}"
    if not _WORD.fullmatch(word):
        return (
            "a word of your own is letters and figures, with single spaces, hyphens or apostrophes "
            "between them"
        )
    if word.split(maxsplit=1)[0].lower() in {"a", "an", "the"}:
        return "a word of your own stands without “the” or “a” before it"
    if word.lower() in _OF_OTHERS:
        return f"“{word}” is the name of a national body"
    return ""


def why_no_words(words: OwnWords) -> str:
    """Say why these cannot be the words of a policy; nothing if they can (E-10)."""
    for body, word in words.items():
        if found := why_no_own_word(word):
            return f"{LABELS['Body'][body]}: {found}"
    called = [{**FRAMEWORK_WORDS, **words}[body].lower() for body in Body]
    twice = next((word for word in called if called.count(word) > 1), "")
    return f"two bodies cannot both be called “{twice}” (E-10)" if twice else ""


def own_words_in(policy: Mapping[str, Any]) -> OwnWords:
    """Return the words of its own of a policy as it is kept; none for one that says nothing."""
    return {Body(body): str(word) for body, word in policy.get(FIELD, {}).items()}
