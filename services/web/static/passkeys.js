// Passkeys: the browser makes one, or signs with one, and the form takes its answer along. Without a
// script the buttons are not shown, and a code does the same. Where the ask is led to another page,
// to sign in or to show again that it is you, the form is sent without an answer and is led there too.

const made = window.PublicKeyCredential

async function answerOf (form) {
  const fields = new URLSearchParams({ csrf: form.elements.csrf.value })
  const asked = await fetch(form.dataset.ask, { method: 'POST', body: fields, redirect: 'manual' })
  if (asked.type === 'opaqueredirect') return ''
  if (!asked.ok) throw new Error('Keyline did not answer.')
  const options = JSON.parse((await asked.json()).options)
  const found = form.dataset.passkey === 'make'
    ? await navigator.credentials.create({ publicKey: made.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: made.parseRequestOptionsFromJSON(options) })
  return JSON.stringify(found.toJSON())
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  if (!made?.parseCreationOptionsFromJSON) break
  form.hidden = false
  form.addEventListener('submit', async (sent) => {
    sent.preventDefault()
    const told = form.querySelector('[role=status]')
    told.textContent = ''
    try {
      form.elements.passkey.value = await answerOf(form)
      form.submit()
    } catch (problem) {
      told.textContent = problem.name === 'InvalidStateError'
        ? 'This device has a passkey for your account already.'
        : 'That did not work. Try again, or use a code.'
    }
  })
}
