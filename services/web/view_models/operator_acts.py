"""What operators choose from when they act: each thing that waits, by reference and ids alone."""

from services.casework.labels import label
from services.casework.operations.affecting import Affecting, affecting_now
from services.casework.operations.waiting import (
    Waiting,
    WaitingAlert,
    WaitingEmail,
    WaitingRun,
    waiting_alerts,
    waiting_emails,
    waiting_runs,
)
from services.database.measures import Measures
from services.domain.plain_text import capital
from services.web.app_state import Site
from services.web.forms.fields import Choice, Options

NATIONAL = "A notice to a national body: its business manager settles it."


def affecting_here(site: Site, found: Measures) -> list[Affecting]:
    """Return what is stuck in all partnerships, by its cause."""
    emails = waiting_emails(site.neighbours)
    return affecting_now(site.neighbours, emails, found.clocks)


def runs_to_choose(site: Site) -> Options:
    """Return the cases with work that waits."""
    return {"items": tuple(_of_run(one) for one in waiting_runs(site.neighbours))}


def emails_to_choose(site: Site) -> Options:
    """Return the emails that wait for a person."""
    return {"items": tuple(_of_email(one) for one in waiting_emails(site.neighbours))}


def alerts_to_choose(site: Site) -> Options:
    """Return the alerts that nobody has seen and no operator knows of."""
    return {"items": tuple(_of_alert(one) for one in waiting_alerts(site.neighbours))}


def _of_run(one: WaitingRun) -> Choice:
    parts = [f"{one.undone} waiting"]
    parts += [f"{one.set_aside} set aside"] if one.set_aside else []
    parts += [f"{one.put_off} put off until later"] if one.put_off else []
    errors = f"Last error: {', '.join(one.errors)}. " if one.errors else ""
    return Choice(str(one.id), _where(one), hint=f"{errors}{', '.join(parts)}.")


def _of_email(one: WaitingEmail) -> Choice:
    words = f"{capital(label(one.event))}, to {label(one.recipient)}: {label(one.delivery)}."
    return Choice(str(one.id), _where(one), hint=f"{words} {NATIONAL if one.is_dispatch else ''}")


def _of_alert(one: WaitingAlert) -> Choice:
    return Choice(str(one.id), _where(one), hint=capital(label(one.code)))


def _where(one: Waiting) -> str:
    return f"{one.reference}, {one.partnership}" if one.reference else one.partnership
