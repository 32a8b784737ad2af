// The board by keyboard: arrows choose, V moves, D changes the length, N makes a new one, Enter opens or saves.
const board = document.querySelector('day-board');
const vertical = { ArrowUp: -1, ArrowDown: 1 };
const horizontal = { ArrowLeft: -1, ArrowRight: 1 };
const between = (value, low, high) => Math.max(low, Math.min(high, value));

function steer(event) {
  const held = board.held;
  const [v, h] = [vertical[event.key], horizontal[event.key]];
  const step = event.shiftKey ? 6 : 1;
  const columns = board.columns;
  if (v && held.mode === 'move') board.moveTo(held.column, held.start + v * step);
  else if (v) board.sizeTo(held.rows + v * step);
  else if (h && held.mode === 'move') board.moveTo(columns[between(columns.indexOf(held.column) + h, 0, columns.length - 1)], held.start);
  else if (event.key === 'Enter') {
    event.preventDefault();
    return void board.drop();
  } else if (event.key === 'Escape') {
    event.preventDefault();
    board.put();
    return board.say(board.words.aborted);
  } else return undefined;
  event.preventDefault();
  board.paint();
  held.ghost.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  return board.say(board.describe());
}

function next(link, event) {
  const item = link.closest('li');
  const column = item.closest('ol');
  const links = [...column.querySelectorAll('li > a')];
  if (vertical[event.key]) return links[links.indexOf(link) + vertical[event.key]];
  if (event.key === 'Home') return links[0];
  if (event.key === 'End') return links.at(-1);
  const columns = board.columns;
  const step = horizontal[event.key];
  const { start } = board.place(item);
  for (let at = columns.indexOf(column) + step; at >= 0 && at < columns.length; at += step) {
    const nearest = [...columns[at].querySelectorAll('li > a')].sort((one, other) =>
      Math.abs(board.place(one.parentNode).start - start) - Math.abs(board.place(other.parentNode).start - start))[0];
    if (nearest) return nearest;
  }
  return undefined;
}

function key(event) {
  const link = event.target.closest?.('li > a');
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  if (board.held) return void (board.saving ? event.preventDefault() : steer(event));
  const item = link.closest('li');
  const letter = event.key.toLowerCase();
  if (board.mayPlan && item.classList.contains('ev') && (letter === 'v' || letter === 'd')) {
    event.preventDefault();
    board.lift(item, letter === 'v' ? 'move' : 'end');
    board.say(`${letter === 'v' ? board.words.moving : board.words.sizing} ${board.describe()}`);
    return;
  }
  if (board.mayPlan && letter === 'n') {
    event.preventDefault();
    const { start } = board.place(item);
    location.href = item.classList.contains('gap') ? link.href : board.newAt(item.closest('ol'), Math.max(0, start));
    return;
  }
  if (event.key in vertical || event.key in horizontal || event.key === 'Home' || event.key === 'End') {
    event.preventDefault();
    next(link, event)?.focus();
  }
}

board?.addEventListener('keydown', key);
