"""What operators choose from when they act: each thing that waits, by reference and ids alone."""

from collections.abc import Iterable
from typing import Final

from services.casework.labels import label
from services.casework.operations.effects import effects_of
from services.casework.operations.waiting import Waiting, WaitingAlert, WaitingEmail, WaitingRun
from services.domain.labels.own_words import in_own_words
from services.domain.plain_text import capital
from services.web.forms.fields import Choice

NATIONAL: Final = "A notice to a national body: its business manager settles it."


def of_run(one: Waiting) -> Choice:
    """Return a run as it may be chosen."""
    assert isinstance(one, WaitingRun)  # noqa: S101 - what its desk lists
    run = one.run
    parts = [f"{run.undone} waiting"]
    parts += [f"{run.set_aside} set aside"] if run.set_aside else []
    parts += [f"{run.put_off} put off until later"] if run.put_off else []
    errors = f"Last error: {', '.join(run.errors)}. " if run.errors else ""
    return Choice(str(one.id), where(one), _sentences(errors + ", ".join(parts), effects_of(run)))


def of_email(one: Waiting) -> Choice:
    """Return an email as it may be chosen."""
    assert isinstance(one, WaitingEmail)  # noqa: S101 - what its desk lists
    words = f"{capital(label(one.event))}, to {label(one.recipient)}: {label(one.delivery)}"
    return Choice(
        str(one.id),
        where(one),
        _sentences(words, [in_own_words(NATIONAL)] if one.is_dispatch else []),
    )


def of_alert(one: Waiting) -> Choice:
    """Return an alert as it may be chosen; the person is told by id alone."""
    assert isinstance(one, WaitingAlert)  # noqa: S101 - what its desk lists
    about = f"person {one.person_id}" + (f", case {one.case_id}" if one.case_id else "")
    return Choice(str(one.id), where(one), f"{capital(label(one.code))}: {about}.")


def where(one: Waiting) -> str:
    """Return of which case and partnership it is."""
    return f"{one.reference}, {one.partnership}" if one.reference else one.partnership


def _sentences(first: str, more: Iterable[str]) -> str:
    return " ".join(f"{capital(one).rstrip('.')}." for one in (first, *more))
