"""Whether a partnership has everything that its first case needs, and what to do about the rest.

It is read from the record as it stands: nobody ticks it off. Nothing of a case is read.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.casework.administration.set_up_ending import ending_posts
from services.casework.administration.set_up_mailboxes import missing_mailboxes
from services.casework.administration.set_up_people import missing_people
from services.database.identities import vouching_for
from services.database.partnerships import agencies
from services.database.policies import adoptions_of
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import INSTALLATION
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.policy_json import stored_policy
from services.domain.errors import CaseworkError, Unavailable
from services.domain.identifiers import PartnershipId
from services.domain.mailboxes import Mailboxes
from services.domain.set_up import Missing, SetUpPart
from services.storage import Store, StoredContentChanged, new_name

_ASKED: Final = b"is there a key?"
_KEY_TO_DO: Final = "Whoever runs the installation makes it, or lets it be used: docs/running.md."


def missing_of(work: UnitOfWork, installed: Mailboxes) -> list[Missing]:
    """Return what the partnership still lacks, in the order of its parts.

    ``installed`` are the installation's own addresses of the national bodies.
    """
    return [
        *missing_people(work),
        *ending_posts(work),
        *_sign_in(work),
        *_organisations(work),
        *missing_mailboxes(work, installed),
        *_policy(work),
        *_calendar(work),
    ]


def missing_files(store: Store) -> list[Missing]:
    """Return what the installation lacks to keep files; no transaction is open meanwhile."""
    try:
        store.must_answer()
    except Unavailable:
        to_do = "Whoever runs the installation looks at its bucket and its keys."
        return [Missing(SetUpPart.FILES, "The file storage does not answer.", to_do)]
    return []


def missing_keys(store: Store, partnership_id: PartnershipId) -> list[Missing]:
    """Return which key is missing: the partnership's own, or that of the installation's chain.

    Each is asked by itself to seal a word and to open it again: who may do the one with a key
    service may yet be refused the other.
    """
    owners = {partnership_id: "The partnership's", INSTALLATION: "The installation's own"}
    told = {whose: _wrong_with_key(store, owner) for owner, whose in owners.items()}
    return [
        Missing(SetUpPart.KEYS, f"{whose} encryption key {wrong}.", _KEY_TO_DO)
        for whose, wrong in told.items()
        if wrong
    ]


def _wrong_with_key(store: Store, owner: PartnershipId) -> str:
    name = new_name(owner)
    try:
        sealed = store.seal(name, _ASKED)
    except Unavailable:
        return "is missing, or does not answer"
    try:
        opened = store.unseal(name, sealed)
    except (Unavailable, StoredContentChanged):
        return "seals, and does not open again what it sealed"
    return "" if opened == _ASKED else "opens something else than it sealed"


def _sign_in(work: UnitOfWork) -> Iterator[Missing]:
    if not vouching_for(work.session):
        what = "No organisation's identity provider vouches for its people: nobody signs in by one."
        to_do = "Whoever runs the installation enters it: ./keyline identity-provider enter."
        yield Missing(SetUpPart.SIGN_IN, what, to_do, is_needed=False)


def _organisations(work: UnitOfWork) -> Iterator[Missing]:
    part, found = SetUpPart.ORGANISATIONS, agencies(work.session)
    if not found:
        yield Missing(part, "There is no relevant agency.", "Put the agencies on record.")
    for one in found:
        if not one.address.strip():
            to_do = "Enter its point of contact in the directory."
            yield Missing(part, f"{one.name} has no address to be asked at.", to_do)


def _policy(work: UnitOfWork) -> Iterator[Missing]:
    part, raised = (
        SetUpPart.POLICY,
        "One person proposes it on the page of the policy, and another applies it.",
    )
    try:
        policy = stored_policy(work.partnership.policy)
    except CaseworkError:
        yield Missing(part, "The policy on record cannot be read.", raised)
        return
    if policy.name == NATIONAL.name:
        what = "The partnership has no policy of its own: the national default is in force."
        yield Missing(part, what, raised, is_needed=False)
    version = work.partnership.policy_version
    adopted = {one.agency_id for one in adoptions_of(work.session, version)}
    waiting = [one for one in agencies(work.session) if one.id not in adopted]
    if waiting:
        what = f"Agencies that have not adopted the policy in force: {len(waiting)}."
        yield Missing(part, what, "A lead of each agency adopts it (GOV-01).", is_needed=False)


def _calendar(work: UnitOfWork) -> Iterator[Missing]:
    today = work.today
    try:
        work.calendar.must_cover(date(today.year + 1, 12, 31))
    except CaseworkError as trouble:
        yield Missing(SetUpPart.CALENDAR, str(trouble), "Install a newer release of Keyline.")
