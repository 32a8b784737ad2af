// A new appointment: when animal, reason, person or day change, the times follow at once. Without this script a button does it.
const form = document.querySelector('form.phone');
const policy = window.trustedTypes?.createPolicy('own', { createHTML: (html) => html }) ?? { createHTML: (html) => html };
const show = form.querySelector('button[value=zeiten]');
let asked;

show.hidden = true;
// Somebody new: their name comes first.
if (!document.querySelector('.err')) form.querySelector('#name')?.focus();

async function refresh() {
  asked?.abort();
  asked = new AbortController();
  const body = new URLSearchParams(new FormData(form));
  body.delete('zeit');
  body.set('weiter', 'zeiten');
  try {
    const answer = await fetch(form.action, { method: 'POST', body, signal: asked.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(policy.createHTML(await answer.text()), 'text/html');
    const here = document.activeElement?.closest('#zeiten') ? document.activeElement.id : null;
    for (const one of page.querySelectorAll('#zeiten [autofocus]')) one.removeAttribute('autofocus');
    document.getElementById('zeiten').replaceWith(page.getElementById('zeiten'));
    if (here) document.getElementById(here)?.focus();
  } catch { /* Changed once more meanwhile, or no connection: the button is still there. */
    if (!asked.signal.aborted) show.hidden = false;
  }
}

form.addEventListener('change', ({ target }) => {
  if (['tier', 'tierart', 'tiername', 'art', 'bei', 'tag'].includes(target.name)) refresh();
  if (target.name === 'um') form.querySelector('input[name=zeit][value=um]').checked = true;
});
// Once is enough: the key in the form makes a second one harmless, and this makes it rare.
form.addEventListener('submit', (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = '1';
  setTimeout(() => delete form.dataset.sent, 3000);
});
