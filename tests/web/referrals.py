"""What people say on the pages, with everything left out that does not matter to a test."""

from tests.web.visitors import Visitor

REFERRAL = {
    "referrer_post": "Consultant paediatrician",
    "supporting_lead": "Named doctor for safeguarding",
    "incident_on-day": "28",
    "incident_on-month": "1",
    "incident_on-year": "2026",
    "place": "A made-up town",
    "area": "own_area",
    "kinds": "physical_abuse",
    "children-0-name": "Robin Example",
    "children-0-harm": "serious_harm",
    "children-0-role": "harmed",
    "children-0-sex": "female",
    "children-0-statuses": "none",
    "children-0-born_on-day": "3",
    "children-0-born_on-month": "3",
    "children-0-born_on-year": "2020",
    "suspicion": "suspected",
    "suspicion_reasons": "Injuries that the account does not explain.",
    "impairments": "physical_health",
    "lasting": "likely",
    "seriousness": "A long stay in hospital.",
    "siblings_safety": "There are no other children.",
    "family_informed": "yes",
    "police": "investigating",
    "coroner": "no_death",
    "media": "none",
    "partner_consulted": "yes",
    "consultation": "The police, the same day.",
    "received_at-day": "30",
    "received_at-month": "1",
    "received_at-year": "2026",
    "received_at-time": "22:40",
    "aware_at-day": "30",
    "aware_at-month": "1",
    "aware_at-year": "2026",
    "aware_at-time": "10:40pm",
    "has_conflict": "no",
    "keeps_confidential": "yes",
}

AWARE = {
    "aware_at-day": "30",
    "aware_at-month": "1",
    "aware_at-year": "2026",
    "aware_at-time": "22:40",
    "who": "The emergency duty team",
    "how": "The hospital rang.",
    "safety": "The child is on the ward.",
}


def refer(visitor: Visitor, **changes: str) -> str:
    """Refer an incident, on the form that other tests open, and return the address of its case."""
    answer = visitor.post("/refer", {**visitor.unopened(), **REFERRAL, **changes})
    assert answer.status == 303, answer.problems
    return answer.where.split("?", maxsplit=1)[0]


def be_aware(notifier: Visitor, case: str) -> None:
    """Have the local authority say when it became aware: before that it decides nothing."""
    answer = notifier.send(f"{case}/notification/awareness", AWARE)
    assert answer.where == f"{case}?done=record_awareness", answer.problems


def day(name: str, day: int, month: int, year: int = 2026, time: str = "") -> dict[str, str]:
    """Return a day as its three boxes are filled in, and its time if it has one."""
    typed = {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}
    return typed | ({f"{name}-time": time} if time else {})
