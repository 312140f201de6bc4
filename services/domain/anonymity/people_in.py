"""Names of people in a text that says who is reached: posts and organisations are no names."""

import re
from collections.abc import Iterator
from typing import Final

from services.domain.anonymity.words import Word, seen, words_in
from services.domain.record_checks.titled_names import titled_names

_PARTS: Final = re.compile(
    r"[,;:()/\n\u2013\u2014]|\s-\s| (?:at|of|in|for|on|by|with|and|or|from|to) "
)
_POSTS_SAID: Final = (
    "a an the acting adult adults adviser advisor advocate agency assistant associate assurance "
    "barrister board business care chair chief child children childrens clerk clinical clinician "
    "colonel commander commissioner communications complaints constable consultant contact "
    "coordinator co ordinator coroner coroners coronial counsel crown data dc dci dcs dep deputy "
    "designated desk detective di director doctor domestic door dpo dr ds dsi duty early "
    "education email executive family first front general governance governor gp group head "
    "headteacher health help homicide housing hub independent information inspector integrated "
    "interim judge justice lawyer lead leader legal level liaison local manager mash media "
    "medical member mental midwife miss mr mrs ms multi mx named national new nhs nurse office "
    "officer operational operations out hours paediatrician panel partnership patient pc pcso "
    "person physician police policy post practice practitioner press principal prison probation "
    "prof professional professor programme prosecution prosecutor protection provider "
    "psychiatrist psychologist public quality records regional registrar relations representative "
    "reviewer review risk safeguarding school secretariat secretary senco senior sergeant serious "
    "service services sgt sir single sister social solicitor specialist staff state strategic "
    "strategy superintendent supervisor support surgeon sw teacher team tel telephone therapist "
    "unit unknown visitor vulnerable work worker youth "
)
_POSTS: Final = frozenset(_POSTS_SAID.split())
_PLACES_SAID: Final = (
    "academy ambulance authority borough centre church city clinic college commission community "
    "constabulary council county court department district foundation government home homes "
    "hospital house infirmary institute magistrates mosque nursery ofsted primary refuge "
    "secondary street surgery system tribunal trust university ward "
)
_PLACES: Final = frozenset(_PLACES_SAID.split())
_NOT_AFTER: Final = frozenset({"police", "service", "services"})
_COMPASS: Final = frozenset({"north", "south", "east", "west", "greater", "central", "upper"})
_MOST_WORDS: Final = 4


def people_in(text: str) -> Iterator[str]:
    """Yield each forename, initial or title with its surname that stands there.

    Words with capitals beside each other are a name, unless they are a post, or what an
    organisation or a region is called: “Sam Marsh” of “Detective Inspector Sam Marsh, Kent
    Police”.
    """
    names = [name for part in _PARTS.split(seen(text)) for name in _in_part(part)]
    yield from names
    surnames = {name.split()[-1] for name in names}
    for titled in titled_names(text):
        last = titled.split()[-1]
        is_whole = re.search(rf"{re.escape(last)}(?!\w)", text) is not None
        if is_whole and last not in surnames and _may_be_of_a_name(words_in(last)[-1]):
            yield titled


def _in_part(part: str) -> Iterator[str]:
    run: list[Word] = []
    for word in words_in(part):
        if _may_be_of_a_name(word):
            run.append(word)
            continue
        if word.plain not in _PLACES | _NOT_AFTER:
            yield from _named(run, part)
        run = []
    yield from _named(run, part)


def _may_be_of_a_name(word: Word) -> bool:
    return word.is_capital and word.plain.isalpha() and word.plain not in _POSTS | _PLACES


def _named(run: list[Word], part: str) -> Iterator[str]:
    is_long = any(len(one.plain) > 1 for one in run[1:])
    if 1 < len(run) <= _MOST_WORDS and is_long and run[0].plain not in _COMPASS:
        yield part[run[0].start : run[-1].end]
