// Only on devices the practice has marked: starts the worker that keeps today's list for when the connection fails.
const { serviceWorker } = navigator;
if (serviceWorker) {
  const own = globalThis.trustedTypes?.createPolicy('worker', { createScriptURL: () => '/praxis/sw.js' });
  serviceWorker.register(own?.createScriptURL('') ?? '/praxis/sw.js', { scope: '/praxis/', updateViaCache: 'none' }).catch(() => {});
  const tell = word => serviceWorker.controller?.postMessage(word);
  document.querySelector('form.out')?.addEventListener('submit', () => tell('wipe'));
  setInterval(() => { if (!document.hidden) tell('refresh'); }, 5 * 60e3);
}
