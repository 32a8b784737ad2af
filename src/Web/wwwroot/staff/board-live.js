// Keeps an open board up to date with the news that live.js hears.
const board = document.querySelector('day-board');
const wait = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
let lost = false;
let ended = false;
let asked = null;

function take(message) {
  if (message.kind === 'days') {
    const mine = new Set(board.columns.map((column) => column.dataset.tag));
    if (message.days === 'alles' || message.days.split(' ').some((day) => mine.has(day))) refresh();
  } else if (message.state === 'lost' && !lost && !ended) {
    lost = true;
    // A moment's interruption is nobody's business.
    setTimeout(() => { if (lost && !ended) board.tell(board.words.lost); }, 700);
  } else if (message.state === 'ended') end();
  else if (message.state === 'open' && lost) {
    lost = false;
    whole().then(() => {
      document.getElementById('hinweis').replaceChildren();
      board.say(board.words.back);
    });
  }
}

function end() {
  ended = true;
  document.dispatchEvent(new Event('praxis-ende'));
  board.tell(board.words.ended);
}

// One question at a time; whoever asks meanwhile gets an answer that is newer than their question.
function refresh() {
  if (asked) {
    asked.again ??= asked.then(() => refresh());
    return asked.again;
  }
  asked = (async () => {
    // A column is not taken away from under somebody's hand.
    while (board.held && !board.wants) await wait(200);
    try {
      await ask();
    } catch {
      // No connection: the stream says so, and what was missed is asked for when it is back.
    }
  })().finally(() => { asked = null; });
  return asked;
}

async function ask() {
  const query = new URLSearchParams({
    seite: board.dataset.seite, tag: board.dataset.tag, bei: board.dataset.bei ?? '', raster: board.dataset.raster, kennt: board.dataset.stand,
  });
  const language = new URLSearchParams(location.search).get('lang');
  if (language) query.set('lang', language);
  const answer = await fetch(`/praxis/spalten?${query}`);
  if (answer.status === 401) return void end();
  if (!answer.ok) return;
  if (answer.status === 204) return void await whole();
  const part = document.createElement('template');
  part.innerHTML = window.own.createHTML(await answer.text());
  swap(part.content, answer.headers.get('Praxis-Stand'));
}

// Everything anew: after an interruption, or when the board no longer has the same columns and hours.
async function whole() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (answer.status === 401) return void end();
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(window.own.createHTML(await answer.text()), 'text/html');
  const fresh = page.querySelector('day-board');
  if (!fresh) return void end();
  const { scrollTop, scrollLeft } = board.scroller;
  keepFocus(() => {
    board.scroller.replaceChildren(...fresh.querySelector('.scroll').childNodes);
    board.dataset.raster = fresh.dataset.raster;
    board.dataset.stand = fresh.dataset.stand;
    document.getElementById('rueck')?.replaceWith(page.getElementById('rueck'));
    board.columns.forEach((column) => board.rove(column));
  });
  board.scroller.scrollTo(scrollLeft, scrollTop);
}

function swap(content, state) {
  keepFocus(() => {
    const undo = content.querySelector('#rueck');
    if (undo) document.getElementById('rueck')?.replaceWith(undo);
    for (const section of [...content.querySelectorAll('section.col')]) {
      document.getElementById(section.querySelector('h2').id)?.closest('section').replaceWith(section);
      board.rove(section.querySelector('ol'));
    }
    board.dataset.stand = state;
  });
}

// Whoever stood on something in a column stands there again, or on what is nearest.
function keepFocus(change) {
  const link = document.activeElement?.closest?.('day-board li > a');
  const [id, column, row] = link ? [link.parentNode.id, link.closest('section').querySelector('h2').id, board.place(link.parentNode).start] : [];
  change();
  if (!link || link.isConnected) return;
  const same = id && document.getElementById(id)?.querySelector('a');
  const links = [...(document.getElementById(column)?.closest('section').querySelectorAll('li > a') ?? [])];
  const nearest = links.sort((one, other) => Math.abs(board.place(one.parentNode).start - row) - Math.abs(board.place(other.parentNode).start - row))[0];
  (same ?? nearest)?.focus({ preventScroll: true });
}

if (board) {
  board.refresh = refresh;
  document.addEventListener('praxis', ({ detail }) => take(detail));
  document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
  addEventListener('pageshow', (event) => { if (event.persisted) refresh(); });
}
