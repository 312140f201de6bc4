"""Who may sign in to the demonstration, as lines for a terminal."""

from deployments.demo.partnerships import (
    NORTHMOOR,
    OPERATIONS,
    PASSWORD,
    PLACES,
    PLATFORM_ADMINISTRATOR,
    SECOND_OPERATIONS,
    THREE_RIVERS,
)

FILE = "sign-ins.txt"
SHOWN = (
    ("manager", "business manager"),
    ("notifier", "local authority decision maker"),
    ("council", "safeguarding partner, local authority"),
    ("icb", "safeguarding partner, integrated care board"),
    ("police", "safeguarding partner, police"),
    ("chair", "review group chair"),
    ("reviewer", "lead reviewer"),
    ("hospital", "agency safeguarding lead"),
    ("administrator", "partnership administrator"),
)


def lines() -> list[str]:
    """Return the table of sign-ins: each role with its address in each partnership."""
    width = max(len(role) for _who, role in SHOWN)
    columns = [max(len(place.email(who)) for who, _role in SHOWN) for place in PLACES]
    heads = (f"{place.name:{room}}" for place, room in zip(PLACES, columns, strict=True))
    told = [f"Everybody's password is {PASSWORD}", f"{'':{width}}  {'  '.join(heads)}".rstrip()]
    for who, role in SHOWN:
        emails = (f"{place.email(who):{room}}" for place, room in zip(PLACES, columns, strict=True))
        told.append(f"{role:{width}}  {'  '.join(emails)}".rstrip())
    told.append(f"{'operations':{width}}  {OPERATIONS}, {SECOND_OPERATIONS}")
    told.append(f"{'platform administrator':{width}}  {PLATFORM_ADMINISTRATOR.email}")
    told.append(
        "Also: member, scrutineer, communications, data-protection, second-reviewer, and the other "
        "agencies:"
    )
    told.append("community-health, schools, childrens-services, constabulary, housing.")
    told.append("The surgery has no account: it comes by one-time addresses (see the inbox).")
    told.append(f"{NORTHMOOR.name} has a third person who may be a reviewer: third-reviewer.")
    told.append(f"{THREE_RIVERS.name} has two local authorities; west-council acts for the second.")
    told.append(f"{THREE_RIVERS.name} has two people in the seat of the police: police-delegate.")
    return told
