"""What a partnership chose of who is told and where learning is found: local, and no law (5A)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from services.domain.briefings import SharingWay
from services.domain.errors import AnswerRefused, OutsidePolicy
from services.domain.json_values import listed, named_values, one_of, text, yes_or_no

FIELD: Final = "sharing"
_FIELDS: Final = ("scrutineer_copied", "sharing_formats", "website")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingPolicy:
    """Whether the scrutineer has a copy of the notice of a notification, and how learning goes out.

    ``sharing_formats`` are ways that every plan of sharing has (EMB-07); ``website`` is where the
    partnership publishes, as the notice before publication says.
    """

    scrutineer_copied: bool = False
    sharing_formats: tuple[SharingWay, ...] = ()
    website: str | None = None

    def must_make_sense(self, policy: str) -> None:
        """Refuse a format that names nothing or stands twice, and an address that is none."""
        formats = self.sharing_formats
        if SharingWay.OTHER in formats or len(set(formats)) != len(formats):
            raise OutsidePolicy(f"{policy}: each way of sharing learning is named, and once.")
        if self.website is not None and (why := why_no_website(self.website)):
            raise OutsidePolicy(f"{policy}: {why}")

    def as_written(self) -> dict[str, object]:
        """Write what is chosen; the release before knows no such word in a policy."""
        told = {
            "scrutineer_copied": self.scrutineer_copied,
            "sharing_formats": list(map(str, self.sharing_formats)),
            "website": self.website,
        }
        chosen = {word: said for word, said in told.items() if said}
        return {FIELD: chosen} if chosen else {}


def why_no_website(said: str) -> str:
    """Say why this is no address of a website; nothing where it is one."""
    try:
        parts = urlsplit(said)
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    is_one = parts.scheme == "https" and "." in host.strip(".") and not set(said) & set(" \t\n")
    return "" if is_one else "The website has an address that begins with https://"


def sharing_policy_from_json(told: object) -> SharingPolicy:
    """Read what was chosen from its JSON; what is left out is as in the default."""
    said: Mapping[str, object] = named_values(FIELD, told)
    unknown = sorted(set(said) - set(_FIELDS))
    if unknown:
        raise AnswerRefused(FIELD, f"{FIELD} has no {unknown[0]!r}; it has: {', '.join(_FIELDS)}.")
    website = said.get("website")
    return SharingPolicy(
        scrutineer_copied=yes_or_no(
            f"{FIELD} scrutineer_copied", said.get("scrutineer_copied", False)
        ),
        sharing_formats=tuple(
            one_of(f"{FIELD} sharing_formats", one, SharingWay)
            for one in listed(f"{FIELD} sharing_formats", said.get("sharing_formats", ()))
        ),
        website=None if website is None else text(f"{FIELD} website", website),
    )
