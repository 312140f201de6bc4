"""What a person in a partner's seat may decide, and to whom they are accountable (GOV-12)."""

import re
from dataclasses import dataclass

from services.domain.errors import RuleBroken
from services.domain.labels.own_words import in_own_words


@dataclass(frozen=True, slots=True)
class DelegatedAuthority:
    """The authority of one person to decide for their agency, and their line of accountability."""

    decides: str
    accountable_to: str

    @property
    def is_clear(self) -> bool:
        """Tell whether both are on record."""
        return bool(self.decides and self.accountable_to)


def is_named_in(name: str, words: str) -> bool:
    """Tell whether somebody of this name is named in these words, by whole words of them.

    "Ann Lee" is named in "Ann Lee, chief officer", and not in "Joann Leeson" or "Ann Lee-Smith".
    """
    whole = r"\s+".join(map(re.escape, name.split()))
    found = re.search(rf"(?<![\w'\u2019-]){whole}(?![\w'\u2019-])", words, re.IGNORECASE)
    return bool(whole) and found is not None


def must_be_clear(authority: DelegatedAuthority | None) -> DelegatedAuthority:
    """Refuse a decision of a person whose authority or line of accountability is not on record.

    A delegate is identified, able to decide for their agency, and answers to somebody for it.
    """
    if authority is None or not authority.is_clear:
        raise RuleBroken(
            in_own_words(
                "It is not on record what you may decide for your agency, and to whom you are "
                "accountable for it (GOV-12). The business manager records it in the directory; "
                "your signature is kept once it stands there."
            )
        )
    return authority
