// On devices the practice has marked: without a connection, shows the lists of today and the next working day as they
// were. Nothing else is ever kept, and what is kept goes with the sign-in, with the mark, and after 48 hours.
const store = 'kopie';
const copy = '/praxis/kopie';
const sheets = ['{pages}', '{praxis}'];
const longest = 48 * 3600e3;
const patience = 4000;
const often = 60e3;

const wipe = async () => { for (const name of await caches.keys()) await caches.delete(name); };

const kept = async () => {
  const found = await (await caches.open(store)).match(copy);
  if (found && Date.now() - Number(found.headers.get('kept-at')) < longest) return found;
  if (found) await wipe();
};

const refresh = async (least = 0) => {
  const old = await kept();
  if (old && Date.now() - Number(old.headers.get('kept-at')) < least) return;
  let answer;
  try {
    answer = await fetch(copy, { credentials: 'same-origin', redirect: 'manual' });
  } catch {
    return;
  }
  // Signed out, or no device of the practice's any more.
  if (answer.type === 'opaqueredirect' || [401, 403, 404].includes(answer.status)) return wipe();
  if (!answer.ok) return;
  const headers = new Headers(answer.headers);
  headers.set('kept-at', Date.now());
  const cache = await caches.open(store);
  await cache.put(copy, new Response(await answer.blob(), { headers }));
  for (const sheet of sheets) if (!await cache.match(sheet)) await cache.add(sheet);
};

// A proxy that finds nobody behind it is no connection, either.
const fromNetwork = async request => {
  const answer = await fetch(request);
  if ([502, 503, 504].includes(answer.status)) throw answer;
  return answer;
};

const open = async event => {
  const network = fromNetwork(event.request);
  network.catch(() => {});
  try {
    const answer = await Promise.race([network, new Promise((_, reject) => setTimeout(reject, patience))]);
    event.waitUntil(refresh(often));
    return answer;
  } catch {
    return await kept() ?? network.catch(answer => answer instanceof Response ? answer : Response.error());
  }
};

addEventListener('install', () => skipWaiting());
addEventListener('activate', event => event.waitUntil(clients.claim().then(() => refresh())));
addEventListener('fetch', event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  if (request.mode === 'navigate' && pathname.startsWith('/praxis/')) event.respondWith(open(event));
  else if (sheets.includes(pathname)) event.respondWith(caches.match(pathname).then(found => found ?? fetch(request)));
});
addEventListener('message', event => event.waitUntil(event.data === 'wipe' ? wipe() : refresh()));
