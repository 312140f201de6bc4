// Saves what is typed into a form as a draft, after a pause in typing. The button “Save
// and come back later” does the same without a script.

const PAUSE = 2500
const AGAIN = 15000
const NOT_NOW = 'Not saved yet. Keyline tries again by itself.'
const REFUSED = 'Not saved. Copy what you typed, and open the page again.'
const WORDS = {
  0: 'Not saved: your sign-in has ended. Copy what you typed since, then sign in again.',
  409: 'Not saved: this form was sent, or another window has saved a draft of it.',
  413: 'Not saved: what you typed is too long for a draft.'
}

const form = document.querySelector('form[data-draft]')
const told = document.getElementById('draft-told')

function typed () {
  const fields = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') fields.append(name, value)
  }
  return fields
}

function isBlank (fields) {
  const hidden = new Set([...form.querySelectorAll('input[type=hidden]')].map((one) => one.name))
  return [...fields].every(([name, value]) => hidden.has(name) || !value.trim())
}

function keepDrafts () {
  // What was refused stands in no draft yet.
  let kept = document.querySelector('.govuk-error-summary') ? '' : String(typed())
  let timer, underway

  function soon (pause) {
    clearTimeout(timer)
    timer = setTimeout(save, pause)
  }

  function tell (answer) {
    told.textContent = answer.status >= 500 ? NOT_NOW : (WORDS[answer.status] ?? REFUSED)
    if (answer.status >= 500) soon(AGAIN)
  }

  async function save () {
    const fields = typed()
    const text = String(fields)
    if (underway || text === kept || isBlank(fields)) return
    underway = new AbortController()
    try {
      const answer = await fetch(form.dataset.draft, {
        method: 'POST',
        body: fields,
        headers: { accept: 'text/plain' },
        redirect: 'manual',
        signal: underway.signal
      })
      if (answer.ok) {
        kept = text
        told.textContent = await answer.text()
        document.dispatchEvent(new Event('keyline:saved'))
      } else {
        tell(answer)
      }
    } catch (problem) {
      if (problem.name === 'AbortError') return
      told.textContent = NOT_NOW
      soon(AGAIN)
    } finally {
      underway = undefined
    }
    if (kept === text && String(typed()) !== text) soon(PAUSE)
  }

  form.addEventListener('input', () => soon(PAUSE))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save()
  })
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    underway?.abort()
    kept = String(typed())
  })
  if (!kept) soon(0)
}

// A form that was refused is the answer to what was posted, to which going back would ask for that to
// be sent again. Its address alone opens the form with its draft.
if (form && document.querySelector('.govuk-error-summary')) {
  history.replaceState(null, '', location.href)
}
if (form && told) keepDrafts()
