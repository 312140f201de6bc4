"""What a person typed to search by: kept as drafts are, encrypted, their own, and for a short time.

The words stand in no address, log or title: an address holds the id under which they are kept. A
later search makes those of the same person older than a day go.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from pydantic import Field

from services.casework.commands import Command, ShortText
from services.casework.drafts import place_of, unseal
from services.database.drafts import SEARCHED, Draft, DraftPlace, delete_older, own_draft
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound
from services.domain.identifiers import PartnershipId
from services.domain.roles import Permission
from services.storage import Store

KEPT: Final = timedelta(days=1)
_WORDS: Final = "words"


class SearchCases(Command):
    """What a person looks for."""

    words: ShortText = Field(
        title="Search the cases that are open to you",
        description="The name or date of birth of a child, a school or another agency, a "
        "reference, or words of a record.",
    )


def new_place(work: UnitOfWork) -> DraftPlace:
    """Return where one more search of the actor's is kept, if they may search."""
    work.actor.must(Permission.SEARCH_CASES)
    return place_of(work, SEARCHED, None, str(uuid4()))


def typed_words(words: str) -> dict[str, tuple[str, ...]]:
    """Return the words as a draft holds what was typed."""
    return {_WORDS: (words,)}


def keep_search(work: UnitOfWork, place: DraftPlace, sealed: bytes) -> UUID:
    """Keep what was typed, encrypted for its place, and return the id that an address may hold."""
    work.actor.must(Permission.SEARCH_CASES)
    delete_older(work.session, work.actor.person_id, SEARCHED, work.now - KEPT)
    work.session.add(
        Draft(
            tenant_id=place.partnership_id,
            id=place.id,
            person_id=place.person_id,
            act=place.act,
            about=place.about,
            form_version="",
            form_key=uuid4(),
            sealed=sealed,
            begun_at=work.now,
            saved_at=work.now,
        )
    )
    return place.id


def kept_search(work: UnitOfWork, search_id: UUID) -> Draft:
    """Return a search of the actor's own by its id, to be read outside the transaction.

    To anybody else there is none.
    """
    work.actor.must(Permission.SEARCH_CASES)
    found = own_draft(work.session, work.actor.person_id, SEARCHED, search_id)
    if found is None:
        raise NotFound("There is no such search, or it is older than a day. Search again.")
    work.session.expunge(found)
    return found


def words_of(store: Store, kept: Draft) -> str:
    """Return what was typed; the key service is asked, so no transaction is open."""
    of = PartnershipId(kept.tenant_id)
    place = DraftPlace(of, kept.person_id, kept.act, kept.case_id, kept.about)
    return unseal(store, kept, place)[_WORDS][0]
