"""The views that a person keeps of the lists: under a name of theirs, with what they typed.

The name and the words are sealed under the partnership's key, as drafts are, and bound to the id of
the view; the codes that narrow and order the list stand beside them. A view is its keeper's alone.
It is no act on a case, and changes none.
"""

import json
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, ShortText
from services.database.saved_views import SavedView, own_view, views_of
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound, RuleBroken
from services.domain.identifiers import PartnershipId
from services.storage import ObjectName, Store

MOST: Final = 30
"""How many views one person may keep: they are all opened to be listed."""


class NameView(Command):
    """Under which name a person keeps how a list is narrowed and ordered."""

    name: ShortText = Field(
        title="What do you call this view?",
        description="For example “Overdue in schools”. Nobody else sees it.",
    )


@dataclass(frozen=True, slots=True)
class ViewSaid:
    """What is sealed of a view: its name, and the words that its list is narrowed by."""

    name: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ViewToKeep:
    """A view before it is kept: of which list, by which codes, and what is sealed of it."""

    id: UUID
    of_list: str
    narrowed: str
    sealed: bytes


def seal_view(store: Store, partnership_id: PartnershipId, view_id: UUID, said: ViewSaid) -> bytes:
    """Encrypt what is said of the view, bound to its id; no transaction is open."""
    content = json.dumps({"name": said.name, "words": said.words}).encode()
    return store.seal(_name(partnership_id, view_id), content)


def said_of_view(store: Store, kept: SavedView) -> ViewSaid:
    """Return what is said of a view; the key service is asked, so no transaction is open."""
    name = _name(PartnershipId(kept.tenant_id), kept.id)
    told = json.loads(store.unseal(name, kept.sealed))
    return ViewSaid(told["name"], told["words"])


def own_views(work: UnitOfWork) -> list[SavedView]:
    """Return the actor's own views, to be read outside the transaction."""
    found = views_of(work.session, work.actor.person_id)
    for one in found:
        work.session.expunge(one)
    return found


def view_kept(work: UnitOfWork, view_id: UUID) -> SavedView:
    """Return a view of the actor's own, to be read outside the transaction; others have none."""
    found = _own(work, view_id)
    work.session.expunge(found)
    return found


def keep_view(work: UnitOfWork, view: ViewToKeep) -> None:
    """Keep one more view of the actor's own. Raises RuleBroken where there are too many."""
    if len(views_of(work.session, work.actor.person_id)) >= MOST:
        raise RuleBroken(f"You keep {MOST} views already. Delete one of them first.")
    work.session.add(
        SavedView(
            tenant_id=work.actor.partnership_id,
            id=view.id,
            person_id=work.actor.person_id,
            of_list=view.of_list,
            narrowed=view.narrowed,
            sealed=view.sealed,
            kept_at=work.now,
        )
    )


def rename_view(work: UnitOfWork, view_id: UUID, sealed: bytes) -> None:
    """Keep a view of the actor's own under another name."""
    found = _own(work, view_id)
    found.sealed = sealed
    work.session.add(found)


def delete_view(work: UnitOfWork, view_id: UUID) -> None:
    """Delete a view of the actor's own; nothing else goes with it."""
    work.session.delete(_own(work, view_id))


def _own(work: UnitOfWork, view_id: UUID) -> SavedView:
    found = own_view(work.session, work.actor.person_id, view_id)
    if found is None:
        raise NotFound("There is no such view of yours.")
    return found


def _name(partnership_id: PartnershipId, view_id: UUID) -> ObjectName:
    """Return the name that the view is encrypted for: made of ids, and in no bucket."""
    return ObjectName(partnership_id, f"view/{view_id}")
