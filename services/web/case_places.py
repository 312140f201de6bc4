"""The pages of a case, in the order in which people look for them: who may open which."""

from dataclasses import dataclass
from typing import Final

from services.domain.roles import Actor, Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePlace:
    """One page below a case's address: its path, its name, and what opens it (one is enough)."""

    path: str
    title: str
    opens: frozenset[Permission]

    def is_open_to(self, actor: Actor) -> bool:
        """Tell whether the actor may open the page of a case that they reach."""
        return any(actor.may(one) for one in self.opens)


_WHOLE: Final = frozenset({Permission.READ_CASE})
_ANY_PART: Final = frozenset({Permission.READ_CASE, Permission.READ_OWN_PART})
_PAPERS: Final = frozenset(
    {Permission.KEEP_DOCUMENTS, Permission.READ_OWN_PART, Permission.ATTEND_MEETING}
)
OVERVIEW: Final = CasePlace(path="", title="Overview", opens=_ANY_PART)
PEOPLE: Final = CasePlace(path="/people", title="People and family", opens=_WHOLE)
AGENCIES: Final = CasePlace(path="/agencies", title="Agencies and returns", opens=_WHOLE)
MEETINGS: Final = CasePlace(path="/meetings", title="Meetings", opens=_WHOLE)
DECISIONS: Final = CasePlace(path="/decisions", title="Decisions", opens=_WHOLE)
DOCUMENTS: Final = CasePlace(path="/documents", title="Documents", opens=_PAPERS)
REVIEW: Final = CasePlace(path="/review", title="Review", opens=_WHOLE)
ACTIONS: Final = CasePlace(path="/actions", title="Actions", opens=_WHOLE)
PUBLICATION: Final = CasePlace(path="/publication", title="Publication", opens=_WHOLE)
SHARING: Final = CasePlace(path="/sharing", title="Sharing", opens=_WHOLE)
PLACES: Final = (
    OVERVIEW,
    PEOPLE,
    AGENCIES,
    MEETINGS,
    DECISIONS,
    DOCUMENTS,
    REVIEW,
    ACTIONS,
    PUBLICATION,
    SHARING,
    CasePlace(path="/notes", title="Notes and calls", opens=_WHOLE),
    CasePlace(path="/questions", title="Questions", opens=_ANY_PART),
    CasePlace(path="/timeline", title="Timeline", opens=_ANY_PART),
    CasePlace(path="/history", title="Who saw it", opens=frozenset({Permission.READ_HISTORY})),
    CasePlace(path="/audit", title="Audit", opens=frozenset({Permission.READ_AUDIT})),
)


def case_places(actor: Actor) -> list[CasePlace]:
    """Return the pages of a case that are open to the actor."""
    return [one for one in PLACES if one.is_open_to(actor)]
