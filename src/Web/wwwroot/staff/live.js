// News of the practice, for boards and waiting rooms: on which days something has changed, and whether the line holds. They
// hear it as an event of the document. A browser may hold six connections to a practice at a time (HTTP/1.1), and a stream
// is one for good: so of all tabs that are looked at, one listens for all and tells the others.
const channel = new BroadcastChannel('praxis-plan');
const me = Math.random();
const beatEvery = 1000;
const wait = (milliseconds) => new Promise((done) => { setTimeout(done, milliseconds); });
let source = null;
let heard = 0;
let beating;
let watching;
let news = 0;
let ended = false;

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

function take(message) {
  if (message.state === 'ended') end();
  document.dispatchEvent(new CustomEvent('praxis', { detail: message }));
}

// Nobody is signed in any more: whoever finds out first says so here, too.
function end() {
  ended = true;
  resign();
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

document.addEventListener('praxis-ende', end);
document.addEventListener('visibilitychange', () => (document.hidden ? resign(true) : join()));
addEventListener('pagehide', () => resign(true));
// The computer itself has lost its network, or has it again: no need to wait for silence to tell.
addEventListener('offline', reopen);
addEventListener('online', reopen);
addEventListener('pageshow', (event) => { if (event.persisted) join(); });
join();
