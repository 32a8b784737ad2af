// Keeps the waiting room's list as the practice has it, with the news that live.js hears; the minutes go on by themselves.
const every = 30_000;
const place = document.getElementById('warteraum');
const apart = document.getElementById('getrennt');
const said = document.getElementById('ansage');

// The browser's own parser for answers: no text ever becomes markup here, so no Trusted Types policy is needed.
const ask = () => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open('GET', place.dataset.from);
  request.responseType = 'document';
  request.timeout = 4000;
  request.onload = () => request.status === 200 && request.response ? resolve(request.response) : reject(request.status);
  request.onerror = request.ontimeout = () => reject(0);
  request.send();
});

const show = answer => {
  const [old, fresh] = [document.getElementById('warteraum-liste'), answer.getElementById('warteraum-liste')];
  if (!fresh || old.outerHTML === fresh.outerHTML) return;
  const [focused, open] = [document.activeElement?.id, old.querySelector('details')?.open];
  const count = list => list.querySelector('#wartende')?.firstChild.textContent.trim();
  const [before, now] = [count(old), count(fresh)];
  old.replaceWith(document.importNode(fresh, true));
  if (open) document.getElementById('fertig')?.setAttribute('open', '');
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  if (before?.split(' ')[0] !== now?.split(' ')[0]) said.textContent = now;
};

let busy = false;
let asking = false;
let again = false;
// A form on its way brings the newest list by itself.
addEventListener('submit', () => { busy = true; });
addEventListener('pageshow', () => { busy = false; });

// One question at a time; news that comes meanwhile asks once more.
const look = async () => {
  if (busy || document.hidden) return;
  if (asking) return void (again = true);
  [asking, again] = [true, false];
  try {
    show(await ask());
    apart.hidden = true;
  } catch {
    apart.hidden = false;
  }
  asking = false;
  if (again) look();
};
const isToday = days => days === 'alles' || days.split(' ').includes(document.getElementById('warteraum-liste').dataset.tag);
document.addEventListener('praxis', ({ detail }) => {
  if (detail.kind !== 'days' || isToday(detail.days)) look();
});
setInterval(look, every);
document.addEventListener('visibilitychange', look);
