"""Which encryption key a partnership lacks before its first case: each is asked by itself."""

from dataclasses import dataclass
from uuid import uuid4

import pytest

from services.casework.administration.set_up import missing_keys
from services.domain.audit import INSTALLATION
from services.domain.identifiers import PartnershipId
from services.domain.set_up import Missing, SetUpPart
from services.storage import KeyMissing, ObjectName
from services.storage.keys import DataKey, KeyService, WrappedKey
from services.storage.memory import MemoryStore

OURS = PartnershipId(uuid4())


@dataclass
class Refusing:
    """Keys of which some are not made with, and some not opened with, by their owner."""

    keys: KeyService
    makes_not: tuple[PartnershipId, ...] = ()
    opens_not: tuple[PartnershipId, ...] = ()

    def make_data_key(self, name: ObjectName) -> DataKey:
        if name.owner in self.makes_not:
            raise KeyMissing
        return self.keys.make_data_key(name)

    def open_data_key(self, wrapped: WrappedKey, name: ObjectName) -> bytes:
        if name.owner in self.opens_not:
            raise KeyMissing
        return self.keys.open_data_key(wrapped, name)

    def is_current(self, wrapped: WrappedKey, name: ObjectName) -> bool:
        return self.keys.is_current(wrapped, name)


def missing(**refused: tuple[PartnershipId, ...]) -> list[Missing]:
    store = MemoryStore()
    store.keys = Refusing(store.keys, **refused)
    return missing_keys(store, OURS)


def test_nothing_is_missing_where_each_key_seals_and_opens():
    assert missing() == []


@pytest.mark.parametrize(
    ("owner", "whose"), [(OURS, "The partnership's"), (INSTALLATION, "The installation's own")]
)
def test_the_key_that_is_missing_is_named_and_so_is_what_it_does_not_do(owner, whose):
    (one,) = missing(makes_not=(owner,))
    assert (one.part, one.is_needed) == (SetUpPart.KEYS, True)
    assert one.what == f"{whose} encryption key is missing, or does not answer."
    (one,) = missing(opens_not=(owner,))
    assert one.what == f"{whose} encryption key seals, and does not open again what it sealed."


def test_both_are_named_where_both_are_missing():
    found = missing(makes_not=(OURS,), opens_not=(INSTALLATION,))
    assert [one.what.partition(" encryption")[0] for one in found] == [
        "The partnership's",
        "The installation's own",
    ]
