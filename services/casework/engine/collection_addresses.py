"""The one-time address at which the documents of a dispatch are collected, made when written."""

from services.database.cases import Case
from services.database.collections import collection_of
from services.database.dispatches import dispatch_of
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import RuleBroken
from services.identity import session_ids


def new_collection_address(work: UnitOfWork, case: Case, dispatch_id: str) -> str:
    """Make the last part of the address; the database keeps its hash and nothing else of it.

    Raises RuleBroken where the dispatch was taken back before its email was written.
    """
    dispatch = dispatch_of(work.session, case.id, dispatch_id)
    if not dispatch.state.is_under_way:
        raise RuleBroken("The address was taken back before it was sent.")
    collection, token = collection_of(work.session, dispatch), session_ids.new()
    collection.address_sha256 = session_ids.kept(token)
    work.session.add(collection)
    return token
