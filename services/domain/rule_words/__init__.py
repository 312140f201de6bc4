"""What each rule says that a page may rest on, in words, with where it stands and how it binds.

`rules.md` has them in the shorthand of who builds; these are for who asks why.
"""

from dataclasses import dataclass
from typing import Final

from services.domain.cited import plainly
from services.domain.clocks.rules import Force
from services.domain.labels import label
from services.domain.labels.own_words import in_own_words
from services.domain.plain_text import capital
from services.domain.rule_words import (
    governance,
    limits,
    local_review,
    publication,
    rapid_review,
)

_RULES: Final = {
    **governance.RULES,
    **rapid_review.RULES,
    **local_review.RULES,
    **publication.RULES,
    **limits.RULES,
}


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """One rule as a person reads it."""

    id: str
    words: str
    section: str
    force: str

    @property
    def source(self) -> str:
        """Say where the framework has it, and how binding it is."""
        stands = f"Framework, section {self.section}" if self.section else "No section says it"
        stands = stands.replace("section Appendix", "appendix")
        return f"{stands}. {capital(self.force)}."


def rule_in_words(id_: str) -> RuleInWords | None:
    """Return what the rule of that id says; nothing if no page rests on it."""
    found = _RULES.get(id_)
    if found is None:
        return None
    section, force, words = found.split("|")
    binds = label(Force(force)) if force else "our own reading of it"
    return RuleInWords(id_, plainly(in_own_words(words)), section, binds)


def in_words(ids: tuple[str, ...]) -> tuple[RuleInWords, ...]:
    """Return the rules of these ids in words, in that order, without those that have none."""
    return tuple(rule for rule in map(rule_in_words, ids) if rule is not None)
