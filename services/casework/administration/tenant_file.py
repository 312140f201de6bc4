"""What a partnership is founded from: one file of TOML, each field checked before anything is made.

TOML, and not YAML: the standard library reads it, a day is a day, and nothing in it is guessed (a
code `NO` stays a code).
"""

import re
import tomllib
from datetime import date
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from services.casework.provisioning import (
    AgencyToFound,
    Founding,
    partnership_id_of,
)
from services.database.identities import CODE_OF_PROVIDER
from services.domain.clocks.policy_json import PartnershipPolicy, policy_from_json
from services.domain.errors import AnswerRefused, CaseworkError
from services.domain.identifiers import PartnershipId
from services.mail import one_address

LONGEST: Final = 100_000  # characters of a file
MOST: Final = 200  # agencies, and closed days a list
ON_ONE_LINE: Final = r"^[^\x00-\x1f\x7f]+$"
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=ON_ONE_LINE),
]
Code = Annotated[str, StringConstraints(pattern="^[A-Z][A-Z0-9]{1,5}$")]
AuthorityCode = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]{0,19}$")]
ProviderCode = Annotated[str, StringConstraints(pattern=CODE_OF_PROVIDER)]
# What pydantic says of a field, in words that tell what to do.
SAID: Final = {
    "missing": "it is missing",
    "extra_forbidden": "there is no such field",
    "string_too_short": "it is empty",
    "string_too_long": "it is too long",
    "string_type": "write it as text, in quotation marks",
    "date_type": "write it as a day: 2026-12-01",
    "date_from_datetime_parsing": "write it as a day: 2026-12-01",
    "list_type": "write it as a list",
    "dict_type": "write it as a table",
    "model_type": "write it as a table",
    "too_long": "there are too many",
    "too_short": "at least one is needed",
}


class FilePart(BaseModel):
    """A table of the file: frozen, and nothing but the fields it names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NamedPartner(FilePart):
    """A safeguarding partner by its name."""

    name: Words


class NamedAuthority(NamedPartner):
    """A local authority; with several, each has a code of its own."""

    code: AuthorityCode | None = None


class FileAgency(FilePart):
    """A relevant agency, what kind it is, and the address of its single point of contact."""

    name: Words
    kind: Words
    address: Words


class FileUnit(FilePart):
    """How the business unit is reached: letters and forms say both."""

    address: Words
    telephone: Words
    verified_by: Words


class FileAdministrator(FilePart):
    """The first administrator of the partnership."""

    name: Words
    email: Words


class TenantFile(FilePart):
    """Everything that a partnership is founded with; see `docs/tenants.md` for each field."""

    code: Code
    name: Words
    since: date
    administrator: FileAdministrator
    authorities: Annotated[tuple[NamedAuthority, ...], Field(min_length=1, max_length=20)]
    integrated_care_board: NamedPartner
    police: NamedPartner
    unit: FileUnit
    agencies: Annotated[tuple[FileAgency, ...], Field(min_length=1, max_length=MOST)]
    identity_providers: Annotated[tuple[ProviderCode, ...], Field(max_length=20)] = ()
    policy: dict[str, Any]
    closed_days: Annotated[dict[date, Words], Field(max_length=MOST)] = Field(default_factory=dict)

    @property
    def partnership_id(self) -> PartnershipId:
        """Return the id that the partnership has or will have."""
        return partnership_id_of(self.code)

    @property
    def seats(self) -> dict[str, str]:
        """Return the names of its local authorities by code, where it has several."""
        if len(self.authorities) == 1:
            return {}
        return {one.code or "": one.name for one in self.authorities}


def read_tenant_file(text: str) -> TenantFile:
    """Read the file; every fault of it is refused at once, each by its field with what to do."""
    if len(text) > LONGEST:
        raise AnswerRefused("file", f"The file is longer than {LONGEST} characters.")
    try:
        told = tomllib.loads(text)
    except (ValueError, RecursionError) as trouble:  # also a number of thousands of digits
        place = re.search(r"at line \d+, column \d+", str(trouble))
        where = f" {place.group()}" if place else ""
        raise AnswerRefused("file", f"The file is not readable TOML{where}.") from None
    try:
        read = TenantFile.model_validate(told)
    except ValidationError as wrong:
        raise AnswerRefused("file", "\n".join(sorted(set(map(_fault, wrong.errors()))))) from None
    faults = [*_faults(read), *_policy_faults(read)]
    if faults:
        raise AnswerRefused("file", "\n".join(faults))
    return read


def policy_of(read: TenantFile) -> PartnershipPolicy:
    """Return the policy that the file says, with its closed days."""
    days = {one.isoformat(): title for one, title in read.closed_days.items()}
    return policy_from_json({**read.policy, **({"closed_days": days} if days else {})})


def founding_of_file(read: TenantFile) -> Founding:
    """Return the founding that the file says; its people are appointed and put on by nobody."""
    return Founding(
        code=read.code,
        name=read.name,
        policy=policy_of(read),
        agencies=tuple(AgencyToFound(one.name, one.kind, one.address) for one in read.agencies),
        people=(),
        since=read.since,
        authorities=read.seats,
    )


def _fault(error: Any) -> str:  # noqa: ANN401 - pydantic's own ErrorDetails
    where = ".".join(str(one + 1 if isinstance(one, int) else one) for one in error["loc"])
    kind = error["type"]
    if kind == "string_pattern_mismatch":
        words = _of_pattern(where)
    else:
        words = SAID.get(kind, "it cannot be read: see the example")
    return f"{_known(where)}: {words}."


def _of_pattern(where: str) -> str:
    """Say how the field is written: a code of one of three kinds, or any other words."""
    if where == "code":
        return "use 2 to 6 capital letters and digits, a letter first"
    if where.endswith(".code"):
        return "use small letters, digits and _, a letter first"
    if where.startswith("identity_providers."):
        return "use the provider's code: small letters, digits and -"
    return "write it on one line, without control characters"


def _known(where: str) -> str:
    """Return the field's place without what was typed there: only names that the file may have."""
    return where if len(where) <= 80 and where.isascii() and where.isprintable() else "a field"


def _faults(read: TenantFile) -> list[str]:
    """Return what no single field can tell."""
    found = []
    addresses = {
        "administrator.email": read.administrator.email,
        "unit.address": read.unit.address,
        **{f"agencies.{n}.address": one.address for n, one in enumerate(read.agencies, 1)},
    }
    for where, address in addresses.items():
        try:
            one_address(address, where)
        except AnswerRefused:
            found.append(f"{where}: write one email address, like name@example.org.")
    names = [one.name.casefold() for one in read.agencies]
    if len(set(names)) < len(names):
        found.append("agencies: two have the same name.")
    if len(set(read.identity_providers)) < len(read.identity_providers):
        found.append("identity_providers: one is named twice.")
    codes = [one.code for one in read.authorities]
    if len(codes) == 1 and codes[0] is not None:
        found.append("authorities.1.code: leave it out where there is one local authority.")
    if len(codes) > 1 and (None in codes or len(set(codes)) < len(codes)):
        found.append("authorities: with several, each needs a code of its own.")
    if read.closed_days and "closed_days" in read.policy:
        found.append("policy.closed_days: say the closed days once, under closed_days.")
    return found


def _policy_faults(read: TenantFile) -> list[str]:
    """Return why the policy is refused: what loosens a national limit among it."""
    try:
        policy_of(read)
    except CaseworkError as wrong:
        return [f"policy: {wrong}"]
    return []
