"""The fields that an invitation and a sharing ask alike: sections, purpose, basis, last day."""

from datetime import date
from typing import Annotated, Protocol

from pydantic import Field

from services.casework.commands import Day, LongText, ShareableSections
from services.domain.entry_types import Section

SharedSections = Annotated[ShareableSections, Field(title="Which sections may they read?")]
SharedPurpose = Annotated[LongText, Field(title="For what purpose?")]
SharedBasis = Annotated[LongText, Field(title="On which lawful basis?")]
SharedUntil = Annotated[
    Day,
    Field(
        title="Until which day?",
        description="The last day. Two people extend it when it is needed for longer.",
    ),
]


class Shared(Protocol):
    """What is shown to another partnership, why, on which basis, and until when."""

    @property
    def sections(self) -> tuple[Section, ...]: ...  # noqa: D102 - as the form asks it
    @property
    def purpose(self) -> str: ...  # noqa: D102 - as the form asks it
    @property
    def lawful_basis(self) -> str: ...  # noqa: D102 - as the form asks it
    @property
    def ends_on(self) -> date: ...  # noqa: D102 - as the form asks it
