"""How far an installation reaches out to the internet, by the word in its settings."""

from services.link_checks import NO_LINK_CHECKER, LinkChecker
from services.link_checks.http import HttpLinkChecker
from services.link_checks.webhooks import NO_WEBHOOKS, HttpsWebhookSender, WebhookSender

__all__ = [
    "NO_LINK_CHECKER",
    "NO_WEBHOOKS",
    "LinkChecker",
    "WebhookSender",
    "link_checker",
    "webhook_sender",
]


def link_checker(reach: str) -> LinkChecker:
    """Return the checker that reaches so far: nothing, the public internet, or private networks."""
    if reach == "off":
        return NO_LINK_CHECKER
    return HttpLinkChecker(allows_private=reach == "private")


def webhook_sender(reach: str) -> WebhookSender:
    """Return what tells other systems: nobody, those on the public internet, or private ones."""
    if reach == "off":
        return NO_WEBHOOKS
    return HttpsWebhookSender(allows_private=reach == "private")
