// Tells an allowed website that shows the booking how high it is.
if (parent != self) {
  const root = document.documentElement, hosts = document.currentScript.dataset.hosts.split(' ');
  let host;
  const tell = () => host && parent.postMessage({ vetBooking: root.offsetHeight }, host);
  addEventListener('message', event => {
    if (event.source != parent || !hosts.includes(event.origin)) return;
    host = event.origin;
    tell();
  });
  new ResizeObserver(tell).observe(root);
}
