"""What an organisation says of a person is compared with what was asked of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.domain.vouching import (
    LEEWAY,
    WITH_LOGOUT,
    WITHOUT_LOGOUT,
    Demanded,
    NotStrongEnough,
    TooLongAgo,
    Vouched,
    domain_of,
    lasts,
    must_be_enough,
    offers,
)

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ASKED = Demanded(frozenset({"urn:mfa", "urn:key"}), frozenset({"otp", "hwk"}), HOUR)
TOLD = Vouched(
    issuer="https://login.example",
    subject="17",
    acr="urn:mfa",
    amr=frozenset({"pwd", "otp"}),
    at=NOW - timedelta(minutes=20),
)


def test_what_was_asked_for_is_enough():
    must_be_enough(TOLD, ASKED, NOW)


@pytest.mark.parametrize("acr", ["", "urn:password", "urn:mfa urn:key", "URN:MFA"])
def test_another_class_of_sign_in_is_not_enough(acr: str):
    with pytest.raises(NotStrongEnough):
        must_be_enough(replace(TOLD, acr=acr), ASKED, NOW)


@pytest.mark.parametrize("amr", [(), ("pwd",), ("o", "t", "p")])
def test_another_method_is_not_enough(amr: tuple[str, ...]):
    with pytest.raises(NotStrongEnough):
        must_be_enough(replace(TOLD, amr=frozenset(amr)), ASKED, NOW)


@pytest.mark.parametrize(
    "at",
    [None, NOW - HOUR - LEEWAY - timedelta(seconds=1), NOW + LEEWAY + timedelta(seconds=1)],
)
def test_a_sign_in_too_long_ago_or_at_no_time_is_not_enough(at: datetime | None):
    with pytest.raises(TooLongAgo):
        must_be_enough(replace(TOLD, at=at), ASKED, NOW)


@pytest.mark.parametrize("at", [NOW - HOUR - LEEWAY, NOW + LEEWAY])
def test_two_clocks_may_differ_a_little(at: datetime):
    must_be_enough(replace(TOLD, at=at), ASKED, NOW)


def test_to_prove_it_again_is_to_have_done_so_since_it_was_asked():
    since_asked = ASKED.afresh(timedelta(minutes=2))
    with pytest.raises(TooLongAgo):
        must_be_enough(TOLD, since_asked, NOW)
    must_be_enough(replace(TOLD, at=NOW - timedelta(minutes=1)), since_asked, NOW)


def test_to_ask_afresh_never_allows_more_than_before():
    assert ASKED.afresh(HOUR * 5) == ASKED


def test_a_session_is_short_where_nobody_tells_of_its_end():
    assert lasts(0, tells_of_logout=True) == WITH_LOGOUT
    assert lasts(0, tells_of_logout=False) == WITHOUT_LOGOUT < WITH_LOGOUT
    assert lasts(20, tells_of_logout=True) == timedelta(minutes=20)


@pytest.mark.parametrize(
    ("address", "domain"),
    [("ann@Council.example", "council.example"), (" a@b@c.example ", "c.example"), ("council", "")],
)
def test_the_domain_is_what_stands_after_the_last_at(address: str, domain: str):
    assert domain_of(address) == domain


@pytest.mark.parametrize("domain", ["", "example", "evil-council.example", "sub.council.example"])
def test_a_part_of_a_domain_or_more_than_it_is_another(domain: str):
    assert not offers(["council.example"], domain)
