"""The orphan sweep: removes stored objects that no document and no template names.

Bytes are stored under a random key before the row that names them is committed. An attempt that
dies in between, or an upload whose act is refused, leaves an object that can be opened by nobody.
The sweep removes such an object once it is older than any attempt can last.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol

from services.casework.engine.transactions import TransactionContext, as_keyline
from services.database import watch
from services.database.restorations import is_restored
from services.database.stored_files import named_versions
from services.domain.identifiers import PartnershipId
from services.storage import StillLocked, Store, StoredVersion, prefix_for

SAFE_AGE = timedelta(hours=24)
BATCH = 500

_log = logging.getLogger("keyline.sweep")


class SweepContext(TransactionContext, Protocol):
    """What the sweep needs of the process's neighbours."""

    @property
    def store(self) -> Store: ...  # noqa: D102 - named for what it is


def sweep_orphans(context: SweepContext) -> int:
    """Sweep every partnership's part of the store; return how many versions were removed.

    A partnership whose sweep fails is logged and does not stop the others. A restored database
    names no file of after its backup: nothing is swept until a person has opened it.
    """
    removed = 0
    if is_restored(context.engine):
        return removed
    for partnership_id in watch.partnerships(context.engine):
        try:
            removed += sweep_partnership(context, partnership_id)
        except Exception as error:  # noqa: BLE001 - one catch for all partnerships: logged, and on
            _log.error("The sweep of %s failed: %s.", partnership_id, type(error).__name__)
    return removed


def sweep_partnership(context: SweepContext, partnership_id: PartnershipId) -> int:
    """Sweep one partnership's part of the store; return how many versions were removed."""
    removed = 0
    old = _older_than(context, partnership_id, context.now() - SAFE_AGE)
    while batch := list(islice(old, BATCH)):
        # The rows are read after the list: what was linked in between is found among them.
        named = _named(context, partnership_id, {each.key for each in batch})
        for version in batch:
            if _may_go(context.store, version, named):
                removed += _remove(context.store, version)
    if removed:
        _log.info("Removed %d orphans of %s from the store.", removed, partnership_id)
    return removed


def _remove(store: Store, version: StoredVersion) -> int:
    """Remove the version; one that is locked is left for a sweep after its date."""
    try:
        store.delete(version.key, version.version_id)
    except StillLocked:
        return 0
    return 1


def _older_than(
    context: SweepContext, partnership_id: PartnershipId, moment: datetime
) -> Iterator[StoredVersion]:
    stored = context.store.list_versions(prefix_for(partnership_id))
    return (version for version in stored if version.stored_at < moment)


def _named(
    context: SweepContext, partnership_id: PartnershipId, keys: set[str]
) -> dict[str, str | None]:
    with as_keyline(context, partnership_id) as work:
        return named_versions(work.session, keys)


def _may_go(store: Store, version: StoredVersion, named: dict[str, str | None]) -> bool:
    """Tell whether no document needs this version.

    Beside the version that a row names no other is needed. If that one is gone (the row is that
    of a restored database, and the object was encrypted again since), what there is stays.
    """
    if version.key not in named:
        return True
    needed = named[version.key]
    return needed not in {None, version.version_id} and store.holds(version.key, needed)
