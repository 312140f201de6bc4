"""How a template says its own text without codes of rules, which it names behind a sentence."""

import re
from typing import Final

from services.domain.cited import cites_a_rule
from services.domain.labels.own_words import STRINGS_OF_TEMPLATE, parts_of_template
from services.domain.plain_text import RULES

SAYS: Final = "plainly"  # the function that a template is given for it


def template_without_rules(source: str) -> str:
    """Return the source of a template which keeps each rule apart from what it says.

    Only of what the template itself says: the names in it stand for what is given to it.
    """
    return "".join(map(_part, parts_of_template(source)))


def _part(part: str) -> str:
    if part.startswith("{#") or not cites_a_rule(part):
        return part
    if part.startswith(("{{", "{%")):
        return STRINGS_OF_TEMPLATE.sub(_string, part)
    return RULES.sub(lambda found: f'{{{{ {SAYS}("{found[0]}") }}}}', part)


def _string(found: re.Match[str]) -> str:
    return f"{SAYS}({found[0]})" if cites_a_rule(found[0]) else found[0]
