"""The file that a partnership is founded from: read whole, or refused by its fields."""

from datetime import date

import pytest

from services.casework.administration.tenant_file import (
    LONGEST,
    founding_of_file,
    policy_of,
    read_tenant_file,
)
from services.domain.errors import AnswerRefused
from tests.tenant_files import ADMINISTRATOR, UNIT, tenant_file

SECOND = '[[authorities]]\nname = "Hill Council"\ncode = "hill"\n\n[integrated_care_board]'
FIRST_CODE = ('name = "Dale Council (example)"', 'name = "Dale Council (example)"\ncode = "dale"')


def refused(*changes: tuple[str, str]) -> list[str]:
    with pytest.raises(AnswerRefused) as error:
        read_tenant_file(tenant_file("DLE", *changes))
    assert error.value.field == "file"
    return str(error.value).split("\n")


def test_a_whole_file_says_what_is_founded():
    read = read_tenant_file(tenant_file("DLE"))
    founding = founding_of_file(read)
    assert (founding.code, founding.since, founding.authorities) == ("DLE", date(2026, 1, 5), {})
    assert founding.people == (), "a file puts nobody into a role"
    assert (read.administrator.email, read.identity_providers) == (ADMINISTRATOR, ())
    assert [one.name for one in founding.agencies] == [
        "Dale Hospital (example)",
        "Dale Schools (example)",
    ]
    assert policy_of(read).closed_days == {date(2026, 12, 29): "Office closed"}
    assert not founding.is_demonstration


def test_several_authorities_have_a_seat_each():
    several = tenant_file("DLE", FIRST_CODE, ("[integrated_care_board]", SECOND))
    assert read_tenant_file(several).seats == {
        "dale": "Dale Council (example)",
        "hill": "Hill Council",
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('code = "DLE"', ""), "code: it is missing."),
        (('code = "DLE"', 'code = "dle"'), "code: use 2 to 6 capital letters and digits, a le"),
        (("since = 2026-01-05", 'since = "soon"'), "since: write it as a day: 2026-12-01."),
        (("[police]", "[policing]"), "policing: there is no such field."),
        ((ADMINISTRATOR, "nobody"), "administrator.email: write one email address"),
        ((UNIT, "a@b@c"), "unit.address: write one email address"),
        (('telephone = "01632 960 100"', ""), "unit.telephone: it is missing."),
        (("safeguarding@schools.example", "x"), "agencies.2.address: write one email address"),
        (("Dale Schools", "Dale Hospital"), "agencies: two have the same name."),
        (FIRST_CODE, "authorities.1.code: leave it out"),
        (("[integrated_care_board]", SECOND), "authorities: with several, each needs a code"),
        (("retention_years = 30", "retention = 30"), "policy: A policy has no 'retention'"),
        (("retention_years = 30", "lengths = {K5 = 99}"), "policy: "),
        (("retention_years = 30", "closed_days = {}"), "policy.closed_days: say the closed days"),
        (("2026-12-29", "2026-13-29"), "closed_days"),
        (('name = "Yarrow Logbook"', 'name = " "'), "administrator.name: it is empty."),
        (("Yarrow Logbook", "Yarrow\\u0000"), "administrator.name: write it on one line, without"),
        (("Dale Schools", "Dale\\nSchools"), "agencies.2.name: write it on one line, without"),
        (
            ("[administrator]", 'identity_providers = ["A"]\n[administrator]'),
            "identity_providers.1: use",
        ),
        (("[administrator]", 'identity_providers = ["ab","ab"]\n[administrator]'), "identity_prov"),
        (("since", "[since"), "The file is not readable TOML at line"),
    ],
)
def test_a_fault_is_told_by_its_field_with_what_to_do(change, said):
    (told,) = [line for line in refused(change) if line.startswith(said)]
    assert told


def test_every_fault_is_told_at_once():
    found = refused(('code = "DLE"', ""), ('telephone = "01632 960 100"', ""))
    assert found == ["code: it is missing.", "unit.telephone: it is missing."]


@pytest.mark.parametrize(
    "text", ["", "x = " + "1" * 5000, "a = " + "[" * 5000, "x" * (LONGEST + 1), "a = 1\0", "\ud800"]
)
def test_what_is_no_such_file_is_refused(text):
    with pytest.raises(AnswerRefused):
        read_tenant_file(text)
