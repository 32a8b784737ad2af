// Keeps an open board up to date. A browser may hold six connections to a practice at a time (HTTP/1.1), and a stream is
// one for good: so of all tabs that are looked at, one listens for all and tells the others.
const board = document.querySelector('day-board');
const channel = new BroadcastChannel('praxis-plan');
const me = Math.random();
const beatEvery = 1000;
const wait = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
let source = null;
let heard = 0;
let beating;
let watching;
let news = 0;
let lost = false;
let ended = false;
let asked = null;

// ---- Who listens

async function join() {
  if (document.hidden || ended) return;
  channel.postMessage({ kind: 'who' });
  await wait(150 + Math.random() * 250);
  clearInterval(watching);
  watching = setInterval(() => {
    if (!document.hidden && !source && !ended && Date.now() - heard > 2.5 * beatEvery) listen();
  }, 300);
}

function beat() { channel.postMessage({ kind: 'beat', id: me }); }

function resign(farewell) {
  clearInterval(beating);
  source?.close();
  if (source && farewell) channel.postMessage({ kind: 'bye' });
  source = null;
}

function listen() {
  resign();
  beat();
  beating = setInterval(() => {
    beat();
    // The server speaks every ten seconds at least: whoever hears nothing for so long hears nobody.
    if (Date.now() - news > 25_000) reopen();
  }, beatEvery);
  open();
}

function open() {
  news = Date.now();
  source = new EventSource('/praxis/live');
  source.addEventListener('open', () => { news = Date.now(); all({ kind: 'state', state: 'open' }); });
  source.addEventListener('puls', () => { news = Date.now(); });
  source.addEventListener('tage', (event) => { news = Date.now(); all({ kind: 'days', days: event.data }); });
  source.addEventListener('ende', () => all({ kind: 'state', state: 'ended' }));
  source.addEventListener('error', () => {
    all({ kind: 'state', state: 'lost' });
    // Refused for good, not merely cut off: perhaps nobody is signed in any more. The board asks and sees.
    if (source?.readyState === EventSource.CLOSED) setTimeout(reopen, 3000);
  });
}

function reopen() {
  if (!source || ended) return;
  source.close();
  all({ kind: 'state', state: 'lost' });
  open();
}

function all(message) {
  channel.postMessage(message);
  take(message);
}

channel.addEventListener('message', ({ data }) => {
  if (data.kind === 'who' && source) beat();
  else if (data.kind === 'beat') {
    heard = Date.now();
    if (!source) return;
    if (data.id < me) resign();
    else beat();
  } else if (data.kind === 'bye') heard = Date.now() - 2.5 * beatEvery + Math.random() * 300;
  else take(data);
});

// ---- What they hear

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
  resign();
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
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) resign(true);
    else {
      refresh();
      join();
    }
  });
  addEventListener('pagehide', () => resign(true));
  // The computer itself has lost its network, or has it again: no need to wait for silence to tell.
  addEventListener('offline', reopen);
  addEventListener('online', reopen);
  addEventListener('pageshow', (event) => {
    if (event.persisted) {
      refresh();
      join();
    }
  });
  join();
}
