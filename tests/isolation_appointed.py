"""Appointments of every kind for the mutations: one that may come into force, and what may not."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, text

from services.domain.audit import INSTALLATION

_ADMIN, _PLATFORM = "partnership_administrator", "platform_administrator"
_EVER: Final = ("2020-01-01", None)
# Who is what in which partnership, from when until when.
PEOPLE: Final[Mapping[str, tuple[tuple[str, str, str, str | None], ...]]] = {
    "first": (("ours", _ADMIN, *_EVER),),
    "second": (("ours", _ADMIN, *_EVER),),
    "elsewhere": (("theirs", _ADMIN, *_EVER),),
    "platform": (("installation", _PLATFORM, *_EVER),),
    "manager": (("ours", "business_manager", *_EVER),),
    "left": (("ours", _ADMIN, "2020-01-01", "2021-01-01"),),
    "not yet": (("ours", _ADMIN, "2099-01-01", None),),
    "new": (),
    "guest": (("ours", "guest", *_EVER),),
}
_YES: Final = (("second_person", "second", True), ("appointed", "new", True))
_LINKS: Final = (("appointed", False),)
_USUAL: Final = {
    "tenant": "ours",
    "by": "first",
    "whom": "new",
    "role": "business_manager",
    "contact": False,
    "answers": _YES,
    "links": _LINKS,
    "whose": ("appointed", "second_person"),
}
_SECOND: Final = _YES[:1]
_BY_POST: Final = (("second_person", None, True), _YES[1])
_AT_BOTH: Final = (("second_person", True), *_LINKS)
_ONLY_SECOND: Final = (("second_person", False),)
# What may become a membership, and each thing that stands in its way.
ALL: Final[Mapping[str, Mapping[str, Any]]] = {
    "ready": {},
    "by the platform": {"by": "platform"},
    "second of the platform": {"answers": (("second_person", "platform", True), _YES[1])},
    "by a manager": {"by": "manager"},
    "by one elsewhere": {"by": "elsewhere"},
    "by one who left": {"by": "left"},
    "by one to come": {"by": "not yet"},
    "second is a manager": {"answers": (("second_person", "manager", True), _YES[1])},
    "second said no": {"answers": (("second_person", "second", False), _YES[1])},
    "no second": {"answers": _YES[1:]},
    "second is appointed": {"whom": "second", "answers": (_YES[0], ("appointed", "second", True))},
    "not accepted": {"answers": _SECOND},
    "declined": {"answers": (*_SECOND, ("appointed", "new", False))},
    "accepted by another": {"answers": (*_SECOND, ("appointed", "manager", True))},
    "withdrawn": {"answers": (*_YES, ("withdrawn", "first", True))},
    "of a guest's role": {"role": "guest"},
    "of the platform's": {"role": _PLATFORM},
    "theirs": {"tenant": "theirs", "by": "elsewhere"},
    "theirs by the platform": {"tenant": "theirs", "by": "platform"},
    "a seat": {"role": "notifier", "contact": True, "answers": _BY_POST, "links": _AT_BOTH},
    "a seat, no address": {"role": "notifier", "contact": True, "answers": _BY_POST},
    "a seat, by no contact": {"role": "notifier", "answers": _BY_POST, "links": _AT_BOTH},
    "a seat, by an administrator": {"role": "notifier", "contact": True, "links": _AT_BOTH},
    "no seat, by nobody": {"answers": _BY_POST, "links": _AT_BOTH},
    "to open": {"whom": "", "answers": _SECOND},
    "to open, no second": {"whom": "", "answers": ()},
    "to open, address ended": {"whom": "", "answers": _SECOND, "links": (("appointed", True),)},
    "to open, other address": {"whom": "", "answers": _SECOND, "links": _ONLY_SECOND},
    "to open, withdrawn": {"whom": "", "answers": (*_SECOND, ("withdrawn", "first", True))},
    "to open, address never written": {"whom": "", "answers": _SECOND, "whose": ()},
    "to open, theirs": {"tenant": "theirs", "by": "platform", "whom": "", "answers": _SECOND},
}
REVIEWS: Final = {
    "that ends": ("ours", "first", "manager", "2026-01-01"),
    "by a manager": ("ours", "manager", "second", "2026-01-01"),
    "that goes on": ("ours", "first", "second", None),
    "of a guest": ("ours", "first", "guest", "2026-01-01"),
    "of who left": ("ours", "first", "left", "2026-01-01"),
    "theirs": ("theirs", "first", "elsewhere", "2026-01-01"),
    "theirs by the platform": ("theirs", "platform", "elsewhere", "2026-01-01"),
}
_PERSON: Final = text(
    "insert into people (id, email, name, is_guest) values (:id, :email, 'x', false)"
)
_HELD: Final = text(
    "insert into memberships (tenant_id, id, person_id, role, authority, decides, accountable_to,"
    " from_on, to_on) values (:tenant, gen_random_uuid(), :person, :role, '', '', '', :since,"
    " :until)"
)
_DRAFT: Final = text(
    "insert into drafts (tenant_id, id, person_id, act, about, form_version, form_key, sealed,"
    " begun_at, saved_at) values (:tenant, gen_random_uuid(), :person, 'x', '', 'x',"
    " gen_random_uuid(), '', now(), now())"
)
_CONTACT: Final = text("select id from contacts where tenant_id = :tenant limit 1")
_APPOINTMENT: Final = text(
    "insert into appointments (tenant_id, id, salt, address, name, role, authority, decides,"
    " accountable_to, from_on, contact_id, reasons, added_by, added_at) values (:tenant, :id, '',"
    " :address, 'x', :role, '', '', '', '2026-01-01', :contact, 'x', :by, now())"
)
_ANSWER: Final = text(
    "insert into appointment_answers (tenant_id, id, salt, appointment_id, added_by, answer_of,"
    " is_yes, grounds, said_by, answered_by, answered_at) values (:tenant, gen_random_uuid(), '',"
    " :id, :by, :of, :yes, '', '', :who, now())"
)
_LINK: Final = text(
    "insert into appointment_links (tenant_id, id, appointment_id, answer_of, address_sha256,"
    " written_at, closes_at, ended_at) values (:tenant, gen_random_uuid(), :id, :of, :digest,"
    " now(), now(), case when :ended then now() end)"
)
_REVIEW: Final = text(
    "insert into membership_reviews (tenant_id, id, salt, membership_id, last_day, reasons,"
    " left_empty_because, added_by, added_at) select :tenant, gen_random_uuid(), '', m.id, :last,"
    " '', '', :by, now() from memberships m where m.person_id = :person and m.tenant_id = :tenant"
    " limit 1 returning id"
)


def appoint_all(link: Connection, scene: Any) -> Mapping[str, str]:
    """Add people and appointments, each with one thing otherwise; return their ids by it."""
    who = {name: str(uuid4()) for name in PEOPLE}
    for name, person in who.items():
        link.execute(_PERSON, {"id": person, "email": f"{person}@x.example"})
        for tenant, role, since, until in PEOPLE[name]:
            held = {"tenant": getattr(scene, tenant, INSTALLATION), "person": person}
            link.execute(_HELD, held | {"role": role, "since": since, "until": until})
    for tenant in ("ours", "theirs"):
        link.execute(_DRAFT, {"tenant": getattr(scene, tenant), "person": who["new"]})
    ids = {f"appointment: {name}": _appointed(link, scene, who, said) for name, said in ALL.items()}
    return {
        **{f"person: {name}": one for name, one in who.items()},
        **ids,
        **_reviewed(link, scene, who),
    }


def _appointed(
    link: Connection, scene: Any, who: Mapping[str, str], said: Mapping[str, Any]
) -> str:
    """Add one appointment with its answers and its addresses."""
    told = _USUAL | said
    tenant, one = getattr(scene, told["tenant"]), str(uuid4())
    known = {"tenant": tenant, "id": one, "by": who[told["by"]]}
    contact = link.execute(_CONTACT, known).scalar() if told["contact"] else None
    address = f"{who[told['whom']] if told['whom'] else one}@x.example"
    link.execute(
        _APPOINTMENT, known | {"address": address, "role": told["role"], "contact": contact}
    )
    for of, person, is_yes in told["answers"]:
        answer = {"of": of, "who": who[person] if person else None, "yes": is_yes}
        link.execute(_ANSWER, known | answer)
    for of, ended in told["links"]:
        digest = sha256(f"{one}{of}".encode()).hexdigest() if of in told["whose"] else ""
        link.execute(_LINK, known | {"of": of, "digest": digest, "ended": ended})
    return one


def _reviewed(link: Connection, scene: Any, who: Mapping[str, str]) -> dict[str, str]:
    """Add reviews of memberships: of one that may end, and each with one thing otherwise."""
    found = {}
    for name, (tenant, by, of, last_day) in REVIEWS.items():
        told = {
            "tenant": getattr(scene, tenant),
            "person": who[of],
            "by": who[by],
            "last": last_day,
        }
        found[f"review: {name}"] = str(link.execute(_REVIEW, told).scalar_one())
    return found
