"""Pages of gate G10: the plan, the dispatch before publication, publication and after, delay."""

from services.casework.steps.communications import strategy
from services.casework.steps.local_review import delay
from services.casework.steps.publication import (
    availability,
    pre_publication,
    presentation,
    publication,
    publishing,
)
from services.web.act_pages.act_page import ActPage

PAGES = (
    ActPage(
        act=strategy.PLAN_COMMUNICATIONS,
        path="publication/strategy",
        title="Plan communications",
        button="Keep this version of the strategy",
        done="This version of the communications strategy is kept. The one before stays on record.",
        prefill=strategy.strategy_on_record,
    ),
    ActPage(
        act=publication.PLAN_PUBLICATION,
        path="publication/plan",
        title="Plan publication",
        button="Put the plan to the partners",
        done="The publication plan is with the partners.",
    ),
    ActPage(
        act=publication.WITHHOLD_REPORT,
        path="publication/withhold",
        title="Decide not to publish the report",
        button="Put it to the partners",
        done="The decision is with the partners.",
    ),
    ActPage(
        act=presentation.RECORD_PRESENTATION,
        path="publication/presentation",
        title="Record the presentation to the partners",
        button="Keep the minute",
        done="The minute of the presentation is kept.",
    ),
    ActPage(
        act=pre_publication.PRE_SEND,
        path="publication/pre-send",
        title="Make the report ready to be sent before publication",
        button="Make it ready for the Panel, Ofsted and the Secretary of State",
        done="The document is being made. It is sent once you have read and confirmed it.",
    ),
    ActPage(
        act=publishing.PUBLISH,
        path="publication/publish",
        title="Publish the report",
        button="Record the publication",
        done="The report is published.",
    ),
    ActPage(
        act=publishing.PUBLISH_IMPROVEMENTS,
        path="publication/improvements",
        title="Publish the information about improvements",
        button="Record the publication",
        done="The information about improvements is published.",
    ),
    ActPage(
        act=availability.CONFIRM_AVAILABLE,
        path="publication/available",
        title="Confirm that the published report is available",
        button="Record that it can be opened",
        done="It is recorded that the report can be opened at its address.",
    ),
    ActPage(
        act=delay.RECORD_DELAY,
        path="publication/delay",
        title="Record a delay to the review",
        button="Record the delay",
        done="The delay is recorded, and its notice is being made. The first date stays.",
    ),
)
