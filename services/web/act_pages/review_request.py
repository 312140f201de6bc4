"""Pages of a request to consider a local review, and of its consideration (NOT-23 to NOT-25)."""

from typing import Final

from services.casework.steps.review_request import request_consideration, review_request
from services.web.act_pages.act_page import ActPage

REQUEST_REVIEW: Final = ActPage(
    act=review_request.REQUEST_REVIEW,
    path="requests",
    title="Ask for a local review to be considered",
    button="Send the request",
    done="The request is with the partners, and this is its case.",
)

PAGES = (
    ActPage(
        act=request_consideration.CONSIDER_REQUEST,
        path="request/consideration",
        title="Consider the request for a local review",
        button="Put it to the partners",
        done="What is recommended is with the partners.",
    ),
)
