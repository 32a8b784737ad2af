// On a phone one column fills the screen: the strip of names above leads to each and marks the one in sight.
const board = document.querySelector('day-board');
const strip = board.querySelector('.spalten');
const names = [...strip.children];
const offset = (link) => document.getElementById(link.hash.slice(1)).closest('section').offsetLeft - board.querySelector('.times').offsetWidth;
const distance = (link) => Math.abs(offset(link) - board.scroller.scrollLeft);

function mark() {
  if (!strip.offsetParent || names.length === 0) return;
  const current = names.reduce((best, one) => (distance(one) < distance(best) ? one : best));
  if (current.hasAttribute('aria-current')) return;
  names.forEach((one) => one.removeAttribute('aria-current'));
  current.setAttribute('aria-current', 'true');
  current.scrollIntoView({ inline: 'center', block: 'nearest' });
}

strip.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  if (!link) return;
  event.preventDefault();
  board.scroller.scrollTo({ left: offset(link) });
});
board.scroller.addEventListener('scroll', mark, { passive: true });
addEventListener('resize', mark);
// Whoever has a column of their own begins with it.
const own = board.columns.findIndex((column) => column.dataset.bei === board.dataset.eigen);
if (own > 0 && strip.offsetParent && board.dataset.seite === 'tag') board.scroller.scrollLeft = offset(names[own]);
mark();
