"""Which link checker an installation has, by the word in its settings."""

from services.link_checks import NO_LINK_CHECKER, LinkChecker
from services.link_checks.http import HttpLinkChecker

__all__ = ["NO_LINK_CHECKER", "LinkChecker", "link_checker"]


def link_checker(reach: str) -> LinkChecker:
    """Return the checker that reaches so far: nothing, the public internet, or private networks."""
    if reach == "off":
        return NO_LINK_CHECKER
    return HttpLinkChecker(allows_private=reach == "private")
