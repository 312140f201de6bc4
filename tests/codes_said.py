"""Which codes a text says where a person should read their labels."""

import re

from services.casework import labels as casework
from services.domain import labels as domain

# Those that cannot be mistaken for words.
CODES = frozenset(
    code
    for table in (*domain.LABELS.values(), *casework.LABELS.values())
    for code in table
    if "_" in code
)


def codes_said(text: str) -> set[str]:
    """Return the codes that stand in the text as words."""
    return CODES & set(re.findall(r"[a-z0-9_]+", text))
