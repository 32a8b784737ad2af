// Dragging on the board: with a mouse at once, with a finger after it has rested, so that a swipe still scrolls.
const board = document.querySelector('day-board');
const edgeOf = (item, mouse) => (mouse ? (item.classList.contains('sm') ? 4 : 7) : 14);
const between = (value, low, high) => Math.max(low, Math.min(high, value));
let swallow = false;

function modeOf(item, event) {
  if (!item.classList.contains('ev')) return 'new';
  const box = item.getBoundingClientRect();
  const mouse = event.pointerType === 'mouse';
  const [top, bottom] = [event.clientY - box.top, box.bottom - event.clientY];
  // Where midnight cuts it off is no end of it.
  const { start, rows } = board.place(item);
  if (bottom <= edgeOf(item, mouse) && box.height > 2 * edgeOf(item, mouse) && start + rows <= board.rowsOf(item.closest('ol'))) return 'end';
  return top <= edgeOf(item, mouse) && !item.classList.contains('sm') && start >= 0 ? 'start' : 'move';
}

function follow(x, y, begun) {
  const held = board.held;
  const { column, row } = board.at(x, y, held.column);
  const rows = board.rowsOf(held.column);
  if (held.mode === 'move') board.moveTo(column, Math.round(row - begun.offset));
  else if (held.mode === 'end') board.sizeTo(Math.round(row) - held.start);
  else if (held.mode === 'start') {
    const end = held.from.start + held.from.rows;
    held.start = between(Math.round(row), 0, end - 1);
    held.rows = end - held.start;
  } else {
    const [first, last] = [Math.floor(begun.row), Math.floor(row)];
    held.start = between(Math.min(first, last), 0, rows - 1);
    held.rows = between(Math.abs(last - first) + 1, 2, rows - held.start);
  }
  const box = board.scroller.getBoundingClientRect();
  if (y > box.bottom - 40) board.scroller.scrollTop += 12;
  else if (y < box.top + 90) board.scroller.scrollTop -= 12;
  if (x > box.right - 40) board.scroller.scrollLeft += 12;
  else if (x < box.left + 60) board.scroller.scrollLeft -= 12;
  board.paint();
}

function down(event) {
  if (!event.isPrimary || (event.pointerType === 'mouse' && event.button)) return;
  const item = event.target.closest('li.ev, li.gap, li.no');
  if (!item || board.held || !board.contains(item)) return;
  const mouse = event.pointerType === 'mouse';
  const { row } = board.at(event.clientX, event.clientY, item.closest('ol'));
  const begun = { x: event.clientX, y: event.clientY, row, mode: modeOf(item, event) };
  let timer;
  const start = () => {
    clearTimeout(timer);
    begun.offset = row - board.place(item).start;
    board.lift(item, begun.mode, Math.floor(row));
  };
  const move = (next) => {
    if (next.pointerId !== event.pointerId) return;
    const far = Math.hypot(next.clientX - begun.x, next.clientY - begun.y);
    if (!board.held) {
      if (!mouse && far > 10) return end(next);
      if (!mouse || far <= 4) return undefined;
      start();
    }
    return follow(next.clientX, next.clientY, begun);
  };
  const off = () => {
    clearTimeout(timer);
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', end);
    removeEventListener('pointercancel', end);
    removeEventListener('keydown', escape, true);
  };
  const end = (last) => {
    if (last.pointerId !== event.pointerId) return;
    off();
    if (!board.held) return;
    // The click that follows a drag is none.
    swallow = true;
    setTimeout(() => { swallow = false; }, 60);
    if (last.type === 'pointerup') board.drop();
    else board.put();
  };
  const escape = (key) => {
    if (key.key !== 'Escape' || !board.held) return;
    key.preventDefault();
    off();
    board.put();
    board.say(board.words.aborted);
  };
  addEventListener('pointermove', move);
  addEventListener('pointerup', end);
  addEventListener('pointercancel', end);
  addEventListener('keydown', escape, true);
  if (!mouse) {
    timer = setTimeout(() => {
      navigator.vibrate?.(15);
      start();
      follow(begun.x, begun.y, begun);
    }, 350);
  }
}

if (board?.mayPlan) {
  board.addEventListener('pointerdown', down);
  board.addEventListener('click', (event) => {
    if (swallow) event.preventDefault();
  }, true);
  board.addEventListener('dragstart', (event) => event.preventDefault());
  board.addEventListener('contextmenu', (event) => {
    if (board.held) event.preventDefault();
  });
  board.addEventListener('touchmove', (event) => {
    if (board.held) event.preventDefault();
  }, { passive: false });
}
