"""How a template says its own text: codes of rules are kept apart, short forms are explained."""

import re
from typing import Final

from services.domain.cited import cites_a_rule
from services.domain.labels.own_words import STRINGS_OF_TEMPLATE, parts_of_template
from services.domain.plain_text import RULES
from services.domain.short_forms import SAID_SHORT

_TO_EXPLAIN: Final = re.compile(f"{RULES.pattern}|{SAID_SHORT.pattern}")
SAYS: Final = "plainly"  # the function that a template is given for it


def template_without_rules(source: str) -> str:
    """Return the source of a template which tells what of its own text is to be explained.

    Only of what the template itself says: the names in it stand for what is given to it.
    """
    return "".join(map(_part, parts_of_template(source)))


def _part(part: str) -> str:
    if part.startswith("{#") or not _is_to_explain(part):
        return part
    if part.startswith(("{{", "{%")):
        return STRINGS_OF_TEMPLATE.sub(_string, part)
    return _TO_EXPLAIN.sub(lambda found: f'{{{{ {SAYS}("{found[0]}") }}}}', part)


def _string(found: re.Match[str]) -> str:
    return f"{SAYS}({found[0]})" if _is_to_explain(found[0]) else found[0]


def _is_to_explain(text: str) -> bool:
    return cites_a_rule(text) or SAID_SHORT.search(text) is not None
