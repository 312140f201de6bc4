"""Copy sheets of the national online service: what the case knows, in the order of its questions.

The service alone notifies (NOT-03, NOT-06); no e-mail goes in its stead. Its questions are those of
the public pages on it (rules.md 3). What the case does not hold is said, and not left out: whoever
copies sees what they have to find out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.casework.answers_as_text import text_of
from services.casework.steps.family import tell_family
from services.casework.steps.referral.referral_correction import referral_on_record
from services.casework.steps.referral.referred import Referral, ReferredChild
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.subjects import CareStatus, Harm

NOT_HERE: Final = "Not on record here"
_YOURS: Final = "Your own, as you are registered with the service"
_TO_SAY: Final = "Yours to say: any abuse or neglect suspected, and death or serious harm"
_OF_CHILD: Final = (
    ("Date of birth", "born_on"),
    ("Expected date of birth", "expected_on"),
    ("Age on the day of the incident", "age"),
    ("What happened to the child", "harm"),
    ("Sex", "sex"),
    ("Ethnicity", "ethnicity"),
    ("Disability", "disability"),
    ("Health", "health"),
    ("Looked after, plan, or in need", "statuses"),
    ("Legal status", "legal_status"),
    ("Placement", "placement"),
    ("Provider of the placement", "provider"),
    ("Home local authority", "authority"),
    ("Where the child lives", "lives_in"),
    ("Date of death", "died_on"),
    ("Cause of death", "cause"),
)
_WHY: Final = (
    ("Is abuse or neglect known or suspected?", "suspicion"),
    ("Why", "suspicion_reasons"),
    ("Why the harm is serious", "seriousness"),
    ("Further children", "further_children"),
)
_FAMILY_AND_OTHERS: Final = (
    ("Anything else about the family", "family"),
    ("How other children are kept safe", "siblings_safety"),
    ("Agencies that know the child", "other_agencies"),
    ("Police", "police_words"),
    ("Coroner", "coroner_words"),
    ("Media", "media_words"),
)
_OF_THE_LOOKED_AFTER: Final = frozenset({"legal_status", "placement", "provider"})
_OF_THE_DEAD: Final = frozenset({"died_on", "cause"})
_MAY_BE_LEFT_OUT: Final = frozenset({"expected_on", "age", "further_children", "family"})


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One part of the online form: its heading, and each question with what to answer."""

    heading: str
    rows: tuple[tuple[str, str], ...]


def notification_sheet(work: UnitOfWork, case: Case) -> Sequence[SheetPart]:
    """Return what is copied into the notification of a serious incident, in the form's order."""
    referral = referral_on_record(work, case)
    if referral is None:
        return ()
    return (
        SheetPart("Who notifies", (("Name, telephone number and email", _YOURS),)),
        *(_child(place, one) for place, one in enumerate(referral.children, 1)),
        _incident(referral),
        SheetPart(
            "Further information",
            (
                *_rows(referral, _WHY),
                *_family(referral),
                *_rows(referral, _FAMILY_AND_OTHERS),
            ),
        ),
        SheetPart("Rapid review", (("Is the threshold for a rapid review met?", _TO_SAY),)),
    )


def death_sheet(work: UnitOfWork, case: Case) -> Sequence[SheetPart]:
    """Return what is copied into the notice of the death of a child in care (NOT-05)."""
    referral = referral_on_record(work, case)
    if referral is None:
        return ()
    told = zip(referral.children, referral.subjects, strict=True)
    died = [child for child, one in told if one.is_looked_after_death or one.is_care_leaver_death]
    return (
        SheetPart("Who notifies", (("Name, telephone number and email", _YOURS),)),
        *(_child(place, one) for place, one in enumerate(died, 1)),
        _incident(referral),
        SheetPart("Abuse or neglect", tuple(_rows(referral, _WHY[:2]))),
    )


def _child(place: int, child: ReferredChild) -> SheetPart:
    """Return what is asked of a child: of care and of a death only where it is so."""
    absent: set[str] = set()
    if not {CareStatus.LOOKED_AFTER, CareStatus.CARE_LEAVER}.intersection(child.statuses):
        absent |= _OF_THE_LOOKED_AFTER
    if child.harm is not Harm.DEATH:
        absent |= _OF_THE_DEAD
    questions = tuple(one for one in _OF_CHILD if one[1] not in absent)
    return SheetPart(f"Child {place}: {child.name}", tuple(_rows(child, questions)))


def _family(referral: Referral) -> tuple[tuple[str, str], ...]:
    """Return each person of the family as one answer; the service asks for them in its text."""
    told = tell_family(referral.family_members, referral.children)
    rows = tuple((f"Family, person {at}", one.in_words) for at, one in enumerate(told, 1))
    return rows or (("Family and other significant adults", NOT_HERE),)


def _incident(referral: Referral) -> SheetPart:
    return SheetPart(
        "The incident",
        (
            ("Where it happened", f"{referral.place}, {text_of(referral.area, {})}"),
            ("Date", weekday_day_month_year(referral.incident_on)),
            ("Time", referral.incident_time or NOT_HERE),
            ("Kind of incident", capital(text_of(referral.kinds, {}))),
        ),
    )


def _rows(
    told: Referral | ReferredChild, questions: tuple[tuple[str, str], ...]
) -> Iterator[tuple[str, str]]:
    """Yield each question with its answer; what a form asks of some children only may be absent."""
    for title, name in questions:
        said = getattr(told, name)
        if said not in (None, "", ()):
            yield title, capital(text_of(said, {}))
        elif name not in _MAY_BE_LEFT_OUT:
            yield title, NOT_HERE
