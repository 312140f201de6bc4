"""Who the partnership of this journey is: its file, its people, and what each is appointed to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from deployments.demo.partnerships import Place

PROVIDER: Final = "newcombe"  # the council's identity provider
BY_PROVIDER: Final = ("administrator", "manager", "notifier", "council")
PLATFORM: Final = "platform@keyline.example"
SECOND_PLATFORM: Final = "second-platform@keyline.example"
OPERATOR: Final = "operator@keyline.example"
NEWCOMBE: Final = Place(
    "NWC",
    "newcombe",
    "Newcombe",
    {
        "administrator": "Yarrow Logbook",
        "manager": "Marigold Inkwell",
        "notifier": "Linden Gatepost",
        "council": "Clementine Archway",
        "icb": "Barnaby Teacup",
        "next-icb": "Samphire Saucer",
        "police": "Juniper Whistle",
        "chair": "Octavia Lantern",
        "scrutineer": "Ignatius Magnifier",
        "hospital": "Tansy Stethoscope",
    },
)
COUNCIL: Final = "Newcombe Council (example)"
BOARD: Final = "Newcombe Integrated Care Board (example)"
FORCE: Final = "Newcombe Constabulary (example)"
LATER_AGENCY: Final = NEWCOMBE.agency("schools")


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the directory, whose holder appoints somebody for the organisation."""

    organisation: str
    role: str
    address: str


@dataclass(frozen=True, slots=True)
class Appointed:
    """What somebody is appointed to; without a post an administrator is the second person."""

    who: str
    role: str
    seat: str = ""
    agency: str = ""
    post: Post | None = None
    more: Mapping[str, object] = field(default_factory=dict)


def _lead(organisation: str, word: str) -> Post:
    return Post(organisation, "lead_safeguarding_partner", f"lead@{word}.newcombe.example")


_DIRECTOR: Final = Post(COUNCIL, "director", "director@council.newcombe.example")
_HOSPITAL: Final = NEWCOMBE.agency("hospital")
_STRATEGIC: Final = Post(_HOSPITAL, "strategic_lead", "lead@hospital.newcombe.example")
LEADS: Final = {
    "council": _lead(COUNCIL, "council"),
    "icb": _lead(BOARD, "board"),
    "police": _lead(FORCE, "force"),
}
SEATS: Final = {"council": "local_authority", "icb": "integrated_care_board", "police": "police"}
MANAGER: Final = Appointed("manager", "business_manager")
SCRUTINEER: Final = Appointed("scrutineer", "independent_scrutineer")
OTHERS: Final = (
    Appointed("notifier", "notifier", post=_DIRECTOR),
    *(
        Appointed(who, "safeguarding_partner", seat=SEATS[who], post=post)
        for who, post in LEADS.items()
    ),
    Appointed("chair", "review_group_chair"),
    SCRUTINEER,
    Appointed("hospital", "agency_lead", agency=_HOSPITAL, post=_STRATEGIC),
)
SUCCESSOR: Final = Appointed(
    "next-icb", "safeguarding_partner", seat=SEATS["icb"], post=LEADS["icb"]
)


def tenant_file(since: date, *more: str) -> str:
    """Return the file that the partnership is founded from, with these agencies besides."""
    named = [(_HOSPITAL, "health", "hospital"), *((one, "education", "schools") for one in more)]
    agencies = "\n".join(
        f'[[agencies]]\nname = "{name}"\nkind = "{kind}"\naddress = "safeguarding@{word}.example"\n'
        for name, kind, word in named
    )
    return f"""
code = "{NEWCOMBE.code}"
name = "{NEWCOMBE.name} Safeguarding Children Partnership (example)"
since = {since.isoformat()}

[administrator]
name = "{NEWCOMBE.people["administrator"]}"
email = "{NEWCOMBE.email("administrator")}"

[[authorities]]
name = "{COUNCIL}"

[integrated_care_board]
name = "{BOARD}"

[police]
name = "{FORCE}"

[unit]
address = "unit@partnership.newcombe.example"
telephone = "01632 960 100"
verified_by = "rang the switchboard"

{agencies}
[policy]
name = "Newcombe's plan"
version = "1"
"""
