"""Who the three demonstration partnerships are: their agencies, their people, their policies."""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

from services.casework.provisioning import AgencyToFound, Founding, PersonToFound, partnership_id_of
from services.domain.clocks.policy_json import policy_from_json
from services.domain.identifiers import PartnershipId
from services.domain.roles import Role, Seat

PASSWORD: Final = "keyline-demonstration"  # noqa: S105 -- printed for all to see; never production
SINCE: Final = date(2020, 1, 1)
POLICIES: Final = Path(__file__).parent / "policies"
OPERATIONS: Final = "operations@keyline.example"
SECOND_OPERATIONS: Final = "second-operations@keyline.example"  # what takes two people
PLATFORM_ADMINISTRATOR: Final = PersonToFound(
    email="platform@keyline.example",
    name="Rivet Sprocket",
    role=Role.PLATFORM_ADMINISTRATOR,
    password=PASSWORD,
)

AGENCIES: Final = {
    "hospital": ("General Hospital", "health"),
    "community-health": ("Community Health", "health"),
    "schools": ("Schools", "education"),
    "childrens-services": ("Children's Services", "local authority"),
    "constabulary": ("Constabulary", "police"),
    "housing": ("Housing Association", "housing"),
    "surgery": ("Market Surgery", "primary care"),
}
WITHOUT_ACCOUNT: Final = frozenset({"surgery"})  # its people come by one-time addresses

COUNCIL: Final = "council"
ADMINISTRATOR: Final = "administrator"
THIRD_REVIEWER: Final = "third-reviewer"  # in one place only
POLICE_DELEGATE: Final = "police-delegate"  # the second holder of the seat, in one place only
DECIDES: Final = "Every decision on rapid reviews and LCSPRs, by the scheme of delegation"
# To whom the person in each seat answers for what they decide (GOV-12).
ACCOUNTABLE_TO: Final = {
    Seat.LOCAL_AUTHORITY: "the chief executive of the council",
    Seat.INTEGRATED_CARE_BOARD: "the chief executive of the board",
    Seat.POLICE: "the chief constable",
}
ROLES: Final[tuple[tuple[str, Role, Seat | None], ...]] = (
    ("manager", Role.BUSINESS_MANAGER, None),
    ("notifier", Role.NOTIFIER, None),
    (COUNCIL, Role.SAFEGUARDING_PARTNER, Seat.LOCAL_AUTHORITY),
    ("icb", Role.SAFEGUARDING_PARTNER, Seat.INTEGRATED_CARE_BOARD),
    ("police", Role.SAFEGUARDING_PARTNER, Seat.POLICE),
    ("chair", Role.REVIEW_GROUP_CHAIR, None),
    ("member", Role.REVIEW_GROUP_MEMBER, None),
    ("scrutineer", Role.INDEPENDENT_SCRUTINEER, None),
    ("communications", Role.COMMUNICATIONS_LEAD, None),
    ("data-protection", Role.DATA_PROTECTION_CONTACT, None),
    (ADMINISTRATOR, Role.PARTNERSHIP_ADMINISTRATOR, None),
    ("reviewer", Role.LEAD_REVIEWER, None),
    ("second-reviewer", Role.LEAD_REVIEWER, None),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One demonstration partnership: what it is called, and its people by what they do.

    ``authorities`` are the names of its local authorities by code where it has several, and
    ``councils`` tell for which of them a person acts.
    """

    code: str
    word: str
    name: str
    people: dict[str, str]
    elsewhere: dict[str, str] = field(default_factory=dict)
    authorities: dict[str, str] = field(default_factory=dict)
    councils: dict[str, str] = field(default_factory=dict)
    police: str = "police"  # who acts in the seat of the police

    @property
    def partnership_id(self) -> PartnershipId:
        """Return the id under which the partnership is provisioned."""
        return partnership_id_of(self.code)

    @property
    def partners(self) -> tuple[str, ...]:
        """Return its safeguarding partners by what they do, the local authorities first."""
        return (*(self.councils or (COUNCIL,)), "icb", self.police)

    def email(self, who: str) -> str:
        """Return with which address this person of the partnership signs in."""
        return self.elsewhere.get(who) or f"{who}@{self.word}.example"

    def agency(self, which: str) -> str:
        """Return the full name of one of its agencies."""
        return f"{self.name} {AGENCIES[which][0]} (example)"


NORTHMOOR: Final = Place(
    "NMR",
    "northmoor",
    "Northmoor",
    {
        "manager": "Marigold Inkwell",
        "notifier": "Linden Gatepost",
        "council": "Clementine Archway",
        "icb": "Barnaby Teacup",
        "police": "Juniper Whistle",
        "chair": "Octavia Lantern",
        "member": "Fennel Notebook",
        "scrutineer": "Ignatius Magnifier",
        "communications": "Posy Trumpet",
        "data-protection": "Clover Padlock",
        "administrator": "Yarrow Logbook",
        "reviewer": "Peregrine Quillfeather",
        "second-reviewer": "Sorrel Paperweight",
        THIRD_REVIEWER: "Quince Wastepaper",
        "hospital": "Tansy Stethoscope",
        "community-health": "Basil Bandage",
        "schools": "Primrose Chalkdust",
        "childrens-services": "Hawthorn Umbrella",
        "constabulary": "Bramble Truncheon",
        "housing": "Teasel Doorbell",
    },
    {"police": "police@constabulary.example"},
)
SALTMARSH: Final = Place(
    "SLT",
    "saltmarsh",
    "Saltmarsh",
    {
        "manager": "Samphire Blotter",
        "notifier": "Dunlin Signpost",
        "council": "Avocet Balustrade",
        "icb": "Curlew Saucer",
        "police": "Juniper Whistle",
        "chair": "Redshank Candlestick",
        "member": "Plover Bookmark",
        "scrutineer": "Godwit Spyglass",
        "communications": "Teal Megaphone",
        "data-protection": "Dotterel Keyring",
        "administrator": "Turnstone Folder",
        "reviewer": "Lapwing Fountainpen",
        "second-reviewer": "Whimbrel Envelope",
        "hospital": "Sandpiper Thermometer",
        "community-health": "Wigeon Plaster",
        "schools": "Oystercatcher Slate",
        "childrens-services": "Pochard Parasol",
        "constabulary": "Knot Notepad",
        "housing": "Smew Letterbox",
    },
    {"police": "police@constabulary.example"},
)
THREE_RIVERS: Final = Place(
    "TRV",
    "three-rivers",
    "Three Rivers",
    {
        "manager": "Willow Stapler",
        "notifier": "Alder Turnstile",
        "council": "Osier Colonnade",
        "west-council": "Sedge Balcony",
        "icb": "Minnow Teaspoon",
        "police": "Otter Lanyard",
        POLICE_DELEGATE: "Newt Clipboard",
        "chair": "Heron Chandelier",
        "member": "Dace Pencilcase",
        "scrutineer": "Kingfisher Telescope",
        "communications": "Damselfly Bugle",
        "data-protection": "Stickleback Strongbox",
        "administrator": "Mallard Binder",
        "reviewer": "Grayling Inkpot",
        "second-reviewer": "Moorhen Typewriter",
        "hospital": "Perch Tourniquet",
        "community-health": "Tench Poultice",
        "schools": "Roach Blackboard",
        "childrens-services": "Barbel Raincoat",
        "constabulary": "Gudgeon Flashlight",
        "housing": "Bulrush Doorknob",
    },
    authorities={
        "east": "East Riverside Council (example)",
        "west": "West Riverside Council (example)",
    },
    councils={"council": "east", "west-council": "west"},
)
PLACES: Final = (NORTHMOOR, SALTMARSH, THREE_RIVERS)


def founding_of(place: Place) -> Founding:
    """Return all that the demonstration partnership is founded with."""
    policy = policy_from_json(json.loads((POLICIES / f"{place.word}.json").read_text()))
    return Founding(
        code=place.code,
        name=f"{place.name} Safeguarding Children Partnership (example)",
        policy=policy,
        agencies=tuple(
            AgencyToFound(place.agency(which), kind, f"safeguarding@{which}.{place.word}.example")
            for which, (_title, kind) in AGENCIES.items()
        ),
        people=tuple(_people(place)),
        since=SINCE,
        is_demonstration=True,
        authorities=place.authorities,
    )


def _people(place: Place) -> list[PersonToFound]:
    others = [who for who in place.councils if who != COUNCIL]
    people = [_person(place, who, role, seat) for who, role, seat in ROLES]
    people += [
        _person(place, who, Role.SAFEGUARDING_PARTNER, Seat.LOCAL_AUTHORITY) for who in others
    ]
    if POLICE_DELEGATE in place.people:
        people.append(_person(place, POLICE_DELEGATE, Role.SAFEGUARDING_PARTNER, Seat.POLICE))
    if THIRD_REVIEWER in place.people:
        people.append(_person(place, THIRD_REVIEWER, Role.LEAD_REVIEWER, None))
    people += [_lead(place, which) for which in AGENCIES if which not in WITHOUT_ACCOUNT]
    if place is NORTHMOOR:
        people += [
            PersonToFound(email=email, name=name, role=Role.OPERATIONS, password=PASSWORD)
            for email, name in (
                (OPERATIONS, "Cog Spanner"),
                (SECOND_OPERATIONS, "Gasket Ratchet"),
            )
        ]
    return people


def _person(place: Place, who: str, role: Role, seat: Seat | None) -> PersonToFound:
    return PersonToFound(
        email=place.email(who),
        name=place.people[who],
        role=role,
        password=PASSWORD,
        seat=seat,
        authority=place.councils.get(who, ""),
        decides=DECIDES if seat else "",
        accountable_to=ACCOUNTABLE_TO[seat] if seat else "",
    )


def _lead(place: Place, which: str) -> PersonToFound:
    return PersonToFound(
        email=place.email(which),
        name=place.people[which],
        role=Role.AGENCY_LEAD,
        password=PASSWORD,
        agency=place.agency(which),
    )
