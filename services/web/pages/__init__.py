"""Every router of the product, listed once: the app serves these and the tests walk these."""

from services.web.pages import (
    acts,
    alerts,
    cases,
    declaration,
    documents,
    downloads,
    health,
    history,
    home,
    inbox,
    operations,
    partnership,
    referral,
    roles,
    signing_in,
    uploads,
)

ROUTERS = (
    health.router,
    signing_in.router,
    roles.router,
    home.router,
    alerts.router,
    referral.router,
    cases.router,
    history.router,
    declaration.router,
    documents.router,
    uploads.router,
    downloads.router,
    partnership.router,
    inbox.router,
    operations.router,
    acts.router,
)
