"""Labels of the directory and of what a partnership is set up with."""

from typing import Final

LABELS: Final[dict[str, dict[str, str]]] = {
    "SetUpPart": {
        "people": "people",
        "organisations": "organisations",
        "mailboxes": "mailboxes and telephones",
        "policy": "policy",
        "calendar": "calendar",
        "files": "file storage",
    },
    "PartStanding": {
        "to_make": "will be made",
        "made": "made",
        "there": "is there",
        "differs": "differs and stays as it is",
    },
    "OrganisationKind": {
        "partnership": "the partnership itself",
        "local_authority": "local authority",
        "integrated_care_board": "integrated care board",
        "police": "police",
        "relevant_agency": "relevant agency",
        "panel": "the Panel",
        "panel_secretariat": "the Panel's secretariat",
        "ofsted": "Ofsted",
        "department": "the Department for Education",
        "secretary_of_state": "the Secretary of State",
        "nspcc": "the NSPCC national repository",
        "national_body": "another national body",
        "outside_body": "another body outside the partnership",
    },
    "ContactRole": {
        "director": "director of children's services",
        "executive": "executive of the partnership",
        "review_group": "review group",
        "review_group_chair": "chair of the review group",
        "unit_manager": "manager of the business unit",
        "data_protection_officer": "data protection officer",
        "child_death_coordinator": "coordinator of the child death overview panel",
        "press_office": "press office",
        "out_of_hours_team": "out-of-hours team",
        "registered_notifier": "registered notifier",
        "strategic_lead": "strategic safeguarding lead",
        "point_of_contact": "single point of contact",
        "where_to_send": "where documents are sent",
        "practice_lead": "named lead through whom GP practices are asked",
    },
    "ContactStanding": {
        "waits": "waits for a second person",
        "refused": "refused by a second person",
        "never_held": "was wrong: never held",
        "not_yet": "not yet",
        "in_force": "in force",
        "ended": "ended",
    },
}
