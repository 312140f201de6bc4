"""What kind an agency is: as it was written when it was set up, by a code that an address holds."""

import re
from typing import Final

from services.domain.agency_requests import ListedKind
from services.domain.labels import label
from services.domain.plain_text import capital

_BETWEEN: Final = re.compile(r"[^a-z0-9]+")


def kind_code(kind: str) -> str:
    """Return the code of a kind, the same for kinds that differ in capitals and spaces alone."""
    return _BETWEEN.sub("_", kind.lower()).strip("_")


def kind_in_words(kind: str) -> str:
    """Return how a kind is called: that of an organisation of one case has a name of its own."""
    code = kind_code(kind)
    return capital(label(ListedKind(code)) if code in set(ListedKind) else kind)
