"""The steps of a local review once its terms are drawn up, each a module of acts, in their order.

`acts.py` lists them among all others.
"""

from typing import Final

from services.casework.steps import report_checked
from services.casework.steps.after_publication import (
    dropping,
    proposing_down,
    proposing_reissue,
    redacting,
    reissue,
    taking_down,
)
from services.casework.steps.communications import strategy
from services.casework.steps.embedding import (
    action_plan,
    action_progress,
    audits,
    briefings,
    plan_review,
    themes,
)
from services.casework.steps.families import (
    approach,
    contacts,
    draft_shared,
    genogram,
    involvement,
)
from services.casework.steps.learning_event import (
    beside_lead,
    conversations,
    draft_heard,
    feedback,
    holding,
    participant_invited,
    planning,
)
from services.casework.steps.local_review import (
    agency_invited,
    agency_report_judgement,
    agency_reports,
    chronologies,
    chronologies_merged,
    delay,
    delay_considered,
    draft_report,
    further_items,
    gaps,
    monitoring,
    progress,
    quality_assurance,
)
from services.casework.steps.publication import (
    address_file,
    archived_copies,
    availability,
    body_comments,
    changed_text,
    legal_advice,
    pre_publication,
    presentation,
    publication,
    publication_query,
    publishing,
    staff_told,
    steps_done,
)
from services.casework.steps.recommendations import developing, endorsement, proposing
from services.casework.steps.review_team import interim_learning, membership, team_meetings

LOCAL_REVIEW_STEPS: Final = (
    membership,
    team_meetings,
    interim_learning,
    progress,
    monitoring,
    gaps,
    planning,
    participant_invited,
    holding,
    beside_lead,
    conversations,
    draft_heard,
    feedback,
    approach,
    genogram,
    involvement,
    contacts,
    draft_shared,
    agency_reports,
    further_items,
    chronologies,
    chronologies_merged,
    agency_report_judgement,
    agency_invited,
    proposing,
    developing,
    endorsement,
    draft_report,
    report_checked,
    quality_assurance,
    delay,
    delay_considered,
    strategy,
    legal_advice,
    publication,
    publication_query,
    presentation,
    changed_text,
    staff_told,
    steps_done,
    pre_publication,
    body_comments,
    publishing,
    availability,
    address_file,
    archived_copies,
    proposing_down,
    dropping,
    taking_down,
    proposing_reissue,
    reissue,
    redacting,
    action_plan,
    action_progress,
    plan_review,
    themes,
    briefings,
    audits,
)
