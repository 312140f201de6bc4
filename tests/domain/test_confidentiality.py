"""The confidentiality agreement: a version that somebody agreed to is never changed (LC-01)."""

from hashlib import sha256

import pytest

from services.domain.confidentiality import AGREEMENTS, IN_FORCE, agreement_of
from services.domain.errors import NotFound

# Of each version that is out. A changed text is a new version: the digest of an old one stays.
OUT = {1: "d31903b93fc1921843a1efa68a47a06c9a772971d7c49276774d5cf67ac15efb"}


def test_each_version_that_is_out_has_the_words_with_which_it_went_out():
    """LC-01: the agreement that was signed is kept."""
    assert {one.version: sha256(one.words.encode()).hexdigest() for one in AGREEMENTS} == OUT


def test_the_newest_is_in_force_and_each_is_found_by_its_number():
    """LC-01: what was agreed to is read again in the version that it had."""
    assert [one.version for one in AGREEMENTS] == list(range(1, len(AGREEMENTS) + 1))
    assert IN_FORCE is AGREEMENTS[-1]
    assert [agreement_of(one.version) for one in AGREEMENTS] == list(AGREEMENTS)
    with pytest.raises(NotFound):
        agreement_of(0)
