// The search in the header: what is found is listed while one types. Without this script the same form leads to a page.
const form = document.querySelector('.find-box');
const input = form.querySelector('input[type=search]');
const list = Object.assign(document.createElement('ul'), { id: 'suche-liste', className: 'find-list', hidden: true });
const said = Object.assign(document.createElement('p'), { className: 'vh' });
list.setAttribute('role', 'listbox');
list.setAttribute('aria-label', form.querySelector('label').textContent);
said.setAttribute('role', 'status');
form.append(list, said);
// Enter does it: without the button the navigation has more room.
form.querySelector('button').hidden = true;
for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-controls', list.id], ['aria-expanded', 'false'], ['aria-keyshortcuts', '/']]) input.setAttribute(name, value);

let asked, timer, active = -1;

const options = () => [...list.children];

function mark(at) {
  active = at;
  options().forEach((one, i) => one.setAttribute('aria-selected', i === at));
  if (at < 0) input.removeAttribute('aria-activedescendant');
  else {
    input.setAttribute('aria-activedescendant', list.children[at].id);
    list.children[at].scrollIntoView({ block: 'nearest' });
  }
}

function close() {
  asked?.abort();
  clearTimeout(timer);
  list.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  mark(-1);
}

function show({ said: words, hits }) {
  list.replaceChildren(...hits.map((hit, i) => {
    const option = Object.assign(document.createElement('li'), { id: `suche-${i}` });
    option.setAttribute('role', 'option');
    option.dataset.url = hit.url;
    for (const [tag, text] of [['b', hit.name], ['span', hit.animals], ['span', hit.phone], ['em', hit.when]]) {
      if (text) option.append(Object.assign(document.createElement(tag), { textContent: text }), ' ');
    }
    return option;
  }));
  list.hidden = hits.length === 0;
  input.setAttribute('aria-expanded', String(hits.length > 0));
  said.textContent = words;
  mark(hits.length > 0 ? 0 : -1);
}

async function look() {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'application/json' }, signal: asked.signal });
    if (answer.ok) show(await answer.json());
    else close();
  } catch { /* Typed on meanwhile, or no connection: Enter still leads to the page. */ }
}

input.addEventListener('input', () => {
  clearTimeout(timer);
  if (input.value.trim().length < 2) close();
  else timer = setTimeout(look, 60);
});
input.addEventListener('keydown', (event) => {
  const count = list.children.length;
  if (event.key === 'Escape' && !list.hidden) close();
  else if (event.key === 'ArrowDown' && !list.hidden) mark((active + 1) % count);
  else if (event.key === 'ArrowUp' && !list.hidden) mark((active - 1 + count) % count);
  else if (event.key === 'Enter' && !list.hidden && active >= 0) location.assign(list.children[active].dataset.url);
  else return;
  event.preventDefault();
});
input.addEventListener('blur', () => setTimeout(close, 150));
list.addEventListener('mousedown', (event) => {
  const option = event.target.closest('[role=option]');
  if (option) location.assign(option.dataset.url);
  event.preventDefault();
});
// On a phone the areas are a strip: the one somebody is in is in sight. What pops up goes when one looks elsewhere.
document.querySelector('.desk nav [aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
const popups = [...document.querySelectorAll('details.pop')];
document.addEventListener('click', (event) => popups.filter((one) => !one.contains(event.target)).forEach((one) => { one.open = false; }));
document.addEventListener('keydown', (event) => {
  const open = event.key === 'Escape' && event.target.closest?.('details.pop[open]');
  if (!open) return;
  open.open = false;
  open.querySelector('summary').focus();
});
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, [contenteditable]')) return;
  event.preventDefault();
  input.focus();
  input.select();
});
