// Warns two minutes before the sign-in ends for want of use. Without a script the page says the time.

const WARNED = 120
const told = document.getElementById('session-ends')
const dialog = document.getElementById('session-ending')

function watch () {
  const lasts = Number(told.dataset.seconds)
  const words = document.getElementById('session-ending-told')
  const title = document.getElementById('session-ending-title')
  const stay = document.getElementById('session-stay')
  const tabs = new BroadcastChannel('keyline-session')
  let endsAt, said, isOver

  function used (seconds) {
    endsAt = Date.now() + seconds * 1000
    said = undefined
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

  function end () {
    isOver = true
    title.textContent = 'You have been signed out'
    stay.textContent = 'Go back to the page'
    say('Nothing was done on this page for half an hour.')
  }

  function look () {
    const left = Math.ceil((endsAt - Date.now()) / 1000)
    if (isOver || left > WARNED) return
    if (left <= 0) end()
    else say(left > 60 ? 'You will be signed out in 2 minutes.' : 'You will be signed out in 1 minute.')
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
      } else {
        end()
      }
    } catch {
      words.textContent = 'Keyline does not answer just now. Try again.'
    }
  }

  dialog.addEventListener('submit', (sent) => {
    sent.preventDefault()
    if (isOver) dialog.close()
    else goOn()
  })
  dialog.addEventListener('cancel', (closed) => {
    if (isOver) return
    closed.preventDefault()
    goOn()
  })
  tabs.addEventListener('message', (heard) => used(heard.data))
  document.addEventListener('keyline:saved', () => {
    used(lasts)
    tabs.postMessage(lasts)
  })
  used(lasts)
  tabs.postMessage(lasts)
  setInterval(look, 1000)
}

if (told && dialog) watch()
