// Warns two minutes before the sign-in ends. Without a script the page says the time.

const WARNED = 120
const WARNING = 'You are about to be signed out'
const NOT_NOW = 'Keyline does not answer just now. Try again.'
const UNUSED = 'Nothing was done on this page for half an hour.'
const LASTED = 'A sign-in ends after some hours, however much it is used.'
const told = document.getElementById('session-ends')
const dialog = document.getElementById('session-ending')

function watch () {
  const lasts = Number(told.dataset.seconds)
  const words = document.getElementById('session-ending-told')
  const title = document.getElementById('session-ending-title')
  const stay = document.getElementById('session-stay')
  const tabs = new BroadcastChannel('keyline-session')
  let endsAt, said, isOver, isLast

  function used (seconds) {
    endsAt = Date.now() + seconds * 1000
    said = isOver = undefined
    isLast = seconds <= WARNED
    title.textContent = WARNING
    stay.textContent = isLast ? 'Go back to the page' : 'Stay signed in'
    if (dialog.open) dialog.close()
    const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/London' })
    document.getElementById('session-ends-at').textContent = clock.format(endsAt)
  }

  function say (text) {
    if (text === said) return
    said = words.textContent = text
    // The browser puts the focus back to where it was when the dialog closes.
    if (!dialog.open) dialog.showModal()
  }

  function end (why) {
    isOver = true
    // Opened anew, so that a screen reader says the title as well.
    if (dialog.open) dialog.close()
    title.textContent = 'You have been signed out'
    stay.textContent = 'Go back to the page'
    say(why)
  }

  function look () {
    const left = Math.ceil((endsAt - Date.now()) / 1000)
    if (isOver || left > WARNED) return
    if (left <= 0) return end(isLast ? LASTED : UNUSED)
    const when = `You will be signed out in ${left > 60 ? '2 minutes' : '1 minute'}.`
    say(isLast ? `${LASTED} ${when}` : when)
  }

  async function goOn () {
    try {
      const form = dialog.querySelector('form')
      const answer = await fetch(form.action, {
        method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual'
      })
      if (answer.ok) {
        const { seconds } = await answer.json()
        used(seconds)
        tabs.postMessage(seconds)
      } else if (answer.status >= 500) {
        words.textContent = NOT_NOW
      } else {
        end('This sign-in was ended.')
      }
    } catch {
      words.textContent = NOT_NOW
    }
  }

  dialog.addEventListener('submit', (sent) => {
    sent.preventDefault()
    if (isOver || isLast) dialog.close()
    else goOn()
  })
  dialog.addEventListener('cancel', (closed) => {
    if (isOver || isLast) return
    closed.preventDefault()
    goOn()
  })
  tabs.addEventListener('message', (heard) => used(heard.data))
  document.addEventListener('keyline:saved', () => {
    used(lasts)
    tabs.postMessage(lasts)
  })
  // A page that the browser kept and shows again does not know what was done meanwhile.
  window.addEventListener('pageshow', (shown) => {
    if (shown.persisted) goOn()
  })
  used(lasts)
  tabs.postMessage(lasts)
  setInterval(look, 1000)
}

if (told && dialog) watch()
