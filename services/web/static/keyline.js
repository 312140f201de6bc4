// GOV.UK Frontend's own improvements: everything works without them.
import { initAll } from '/static/govuk-frontend.min.js'
import '/static/drafts.js'
import '/static/passkeys.js'
import '/static/session.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()
