"""What a person in a partner's seat may decide, and to whom they are accountable (GOV-12)."""

from dataclasses import dataclass

from services.domain.errors import RuleBroken


@dataclass(frozen=True, slots=True)
class DelegatedAuthority:
    """The authority of one person to decide for their agency, and their line of accountability."""

    decides: str
    accountable_to: str

    @property
    def is_clear(self) -> bool:
        """Tell whether both are on record."""
        return bool(self.decides and self.accountable_to)


def must_be_clear(authority: DelegatedAuthority | None) -> DelegatedAuthority:
    """Refuse a decision of a person whose authority or line of accountability is not on record.

    A delegate is identified, able to decide for their agency, and answers to somebody for it.
    """
    if authority is None or not authority.is_clear:
        raise RuleBroken(
            "It is not on record what you may decide for your agency, and to whom you are "
            "accountable for it (GOV-12). The business manager records it in the directory; your "
            "signature is kept once it stands there."
        )
    return authority
