"""Link checks: whether the web address of a published report answers (PUB-29).

The address was typed by a person, so a check reaches no machine of our own: `http.py` connects to
public addresses only, and looks at each redirect again. By the same rules other systems are told
that something happened (`webhooks.py`).
"""

from typing import Protocol


class LinkChecker(Protocol):
    """What casework asks of the way out to the internet; it never raises."""

    @property
    def is_set_up(self) -> bool:
        """Tell whether this installation checks addresses at all."""
        ...

    def answers(self, address: str) -> bool:
        """Tell whether the address answers with a page just now."""
        ...

    def digest(self, address: str) -> str:
        """Return the SHA-256 of the file that the address serves; nothing where it serves none."""
        ...


class NoLinkChecker:
    """The installation has no way out to the internet: people look, and say what they saw."""

    is_set_up = False

    def answers(self, _address: str) -> bool:
        """Say that nothing was found."""
        return False

    def digest(self, _address: str) -> str:
        """Say that no file was found."""
        return ""


NO_LINK_CHECKER = NoLinkChecker()
