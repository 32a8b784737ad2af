// <day-board>: what the server drew, made into a tool. It keeps no model of its own: where things are is read from the
// page, what happens to them is the server's answer. Dragging is in board-drag.js, keys in board-keys.js, news in board-live.js.
const between = (value, low, high) => Math.max(low, Math.min(high, value));
const two = (number) => String(number).padStart(2, '0');
window.own ??= window.trustedTypes?.createPolicy('own', { createHTML: (html) => html }) ?? { createHTML: (html) => html };

class DayBoard extends HTMLElement {
  connectedCallback() {
    this.words = Object.fromEntries(this.dataset.worte.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    this.status = this.querySelector('[role=status]');
    this.scroller = this.querySelector('.scroll');
    this.mayPlan = this.dataset.darf === '1';
    this.columns.forEach((column) => this.rove(column));
    this.addEventListener('focusin', (event) => this.focused(event.target.closest('li > a')));
    this.addEventListener('pointerover', (event) => this.highlight(event.target.closest('.ev')));
    if (!location.hash) this.querySelector('.now')?.scrollIntoView({ block: 'center', inline: 'nearest' });
    setInterval(() => this.tick(), 20_000);
    this.tick();
  }

  get columns() { return [...this.querySelectorAll('.col > ol')]; }

  say(text) { this.status.textContent = text; }

  // One stop for the tab key in each column; arrows go on from there.
  rove(column) {
    const links = [...column.querySelectorAll('li > a')];
    const current = links.find((link) => link === document.activeElement) ?? links[0];
    links.forEach((link) => { link.tabIndex = link === current ? 0 : -1; });
  }

  focused(link) {
    if (!link) return;
    for (const other of link.closest('ol').querySelectorAll('a[tabindex="0"]')) other.tabIndex = -1;
    link.tabIndex = 0;
    this.highlight(link.closest('.ev'));
  }

  // An appointment of several resources is one: whoever touches it in one column sees the others.
  highlight(item) {
    for (const other of this.querySelectorAll('.mit')) other.classList.remove('mit');
    if (!item?.dataset.id) return;
    const parts = this.parts(item.dataset.id);
    if (parts.length > 1) parts.forEach((part) => part.classList.add('mit'));
  }

  parts(id) { return [...this.querySelectorAll(`.ev[data-id="${CSS.escape(id)}"]:not(.ghost)`)]; }

  // The row an item begins in and how many it has; what the column cuts off counts, too.
  place(item) {
    const of = (letter) => parseInt(item.dataset[letter] ?? item.className.match(new RegExp(`\\b${letter}(\\d+)`))?.[1], 10);
    return { start: of('s'), rows: of('d') };
  }

  rowsOf(column) { return this.place(column).rows; }

  // What the clock on the wall shows at a row; it may be one of another day. The second time of an hour has an asterisk.
  clock(column, row, star = '*') {
    const pairs = column.dataset.uhr.split(' ').map((pair) => pair.split(':').map(Number));
    const at = Math.max(0, pairs.findLastIndex(([first]) => first <= row));
    const minute = ([from, begins]) => begins + (row - from) * 5;
    const day = (minute(pairs[at]) % 1440 + 1440) % 1440;
    return `${two(Math.floor(day / 60))}:${two(day % 60)}${at > 0 && row - pairs[at][0] < (minute(pairs[at - 1]) - minute(pairs[at])) / 5 ? star : ''}`;
  }

  nameOf(column) { return column.closest('section').querySelector('h2').firstChild.textContent; }

  // Columns of one table row: where on the page is which column and which row.
  at(x, y, fallback) {
    const column = this.columns.find((one) => { const box = one.getBoundingClientRect(); return x >= box.left && x < box.right; }) ?? fallback ?? this.columns[0];
    const box = column.getBoundingClientRect();
    return { column, row: (y - box.top) / (box.height / this.rowsOf(column)) };
  }

  // Lifts an appointment, or the outline of a new one, off the board.
  lift(item, mode, row = 0) {
    const column = item.closest('ol');
    let { start, rows } = this.place(item);
    const ghost = mode === 'new' ? document.createElement('li') : item.cloneNode(true);
    if (mode === 'new') {
      ghost.className = 'ev new';
      const link = document.createElement('a');
      link.append(document.createElement('b'), ` ${this.words.new}`);
      ghost.append(link);
      [start, rows] = [row, 4];
    } else this.parts(item.dataset.id).forEach((part) => part.classList.add('moving'));
    ghost.removeAttribute('id');
    ghost.className = ghost.className.replace(/\b(mit|moving|[lns]\d+|d\d+)\b/g, '').trim() + ' ghost';
    ghost.setAttribute('aria-hidden', 'true');
    document.body.classList.add('dragging');
    this.held = { item, mode, ghost, column, start, rows, from: { column, start, rows } };
    this.paint();
  }

  // In sight, that is. But what lies over midnight already may stay so, and a day shown to its end goes on in the next one.
  moveTo(column, start) {
    const held = this.held;
    const rows = this.rowsOf(column);
    held.column = column;
    held.start = between(start, Math.min(0, held.from.start), this.goesOn(column) ? rows - 1 : Math.max(0, rows - held.rows, held.from.start));
  }

  sizeTo(rows) {
    const held = this.held;
    const most = this.goesOn(held.column) ? 288 : this.rowsOf(held.column) - held.start;
    held.rows = between(rows, Math.max(1, 1 - held.start), Math.max(most, held.from.rows));
  }

  goesOn(column) { return this.clock(column, this.rowsOf(column)) === '00:00'; }

  // Draws what is lifted where it would be, and says whether something is there already.
  paint() {
    const held = this.held;
    if (held.ghost.parentNode !== held.column) held.column.append(held.ghost);
    const first = Math.max(0, held.start);
    held.ghost.style.setProperty('--s', first);
    held.ghost.style.setProperty('--d', Math.min(held.start + held.rows, this.rowsOf(held.column)) - first);
    held.ghost.classList.toggle('sm', held.rows < 3);
    held.ghost.querySelector('b').textContent = `${this.clock(held.column, held.start)}–${this.clock(held.column, held.start + held.rows)}`;
    held.overlaps = this.overlaps(held);
    held.ghost.classList.toggle('bad', held.overlaps);
  }

  // In its own column, and in those of everything else it takes along.
  overlaps(held) {
    const columns = new Set([held.column]);
    if (held.mode !== 'new') {
      for (const part of this.parts(held.item.dataset.id)) {
        const column = part.closest('ol');
        if (column !== held.from.column && column.dataset.tag === held.column.dataset.tag) columns.add(column);
      }
    }
    return [...columns].some((column) => [...column.querySelectorAll('.ev:not(.ghost):not(.moving), .bl')].some((other) => {
      const { start, rows } = this.place(other);
      return start < held.start + held.rows && held.start < start + rows;
    }));
  }

  describe() {
    const held = this.held;
    const clash = held.overlaps ? `, ${this.words.overlaps}` : '';
    return `${this.clock(held.column, held.start)} ${this.words.to} ${this.clock(held.column, held.start + held.rows)}, ${this.nameOf(held.column)}${clash}`;
  }

  put(back = true) {
    const held = this.held;
    this.held = null;
    document.body.classList.remove('dragging');
    if (!held) return null;
    held.ghost.remove();
    for (const part of this.querySelectorAll('.moving')) part.classList.remove('moving');
    if (back && held.mode !== 'new') held.item.querySelector('a').focus({ preventScroll: true });
    return held;
  }

  // Lets go: the server decides, and the board shows what it says.
  async drop() {
    const held = this.held;
    if (held.mode === 'new') {
      this.put();
      location.href = this.newAt(held.column, held.start, held.rows);
      return;
    }
    if (held.column === held.from.column && held.start === held.from.start && held.rows === held.from.rows) return void this.put();
    const said = this.describe();
    const form = new URLSearchParams({
      revision: held.item.dataset.r, zelle: Number(held.column.dataset.zelle) + held.start, minuten: held.rows * 5,
      von: held.from.column.dataset.bei, nach: held.column.dataset.bei, zurueck: this.dataset.seite, tag: this.dataset.tag, bei: this.dataset.bei ?? '',
    });
    this.say(this.words.saving);
    this.saving = true;
    try {
      const answer = await fetch(`/praxis/termin/${held.item.dataset.id}/verschiebung${location.search.includes('lang=') ? location.search.replace(/.*(lang=\w+).*/, '?$1') : ''}`, {
        method: 'POST', body: form, headers: { 'form-token': this.dataset.form },
      });
      if (answer.status === 204) {
        this.wants = held.item.dataset.id;
        await this.refresh?.();
        this.put(false);
        this.refocus();
        this.say(`${this.words.saved} ${said}`);
        return;
      }
      this.put();
      this.say(this.words.refused);
      if (answer.status === 409 || answer.status === 404) this.ask(await answer.text());
      else this.tell(await answer.text());
    } catch {
      this.put();
      this.say(this.words.failed);
      this.tell(this.words.failed);
    } finally {
      this.saving = false;
    }
  }

  // The column was drawn anew: whoever had the focus keeps it.
  refocus() {
    const link = this.parts(this.wants ?? '')[0]?.querySelector('a');
    this.wants = null;
    link?.focus({ preventScroll: true });
    link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  // The server's objection is a form; sent, it comes back to this board.
  ask(html) {
    const dialog = document.createElement('dialog');
    dialog.className = 'frage';
    dialog.innerHTML = window.own.createHTML(html);
    const focus = document.activeElement;
    dialog.addEventListener('click', (event) => {
      if (!event.target.closest('[data-zu]')) return;
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener('close', () => { dialog.remove(); focus?.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  }

  tell(text) {
    const note = document.createElement('p');
    note.className = 'weg';
    note.setAttribute('role', 'alert');
    note.textContent = text;
    document.getElementById('hinweis').replaceChildren(note);
  }

  newAt(column, row, rows) {
    const url = new URL('/praxis/neu', location.href);
    url.searchParams.set('tag', column.dataset.tag);
    url.searchParams.set('um', this.clock(column, row, ''));
    url.searchParams.set('bei', column.dataset.bei);
    if (rows) url.searchParams.set('dauer', rows * 5);
    const language = new URLSearchParams(location.search).get('lang');
    if (language) url.searchParams.set('lang', language);
    return url.href;
  }

  // Drawn anew as a whole, the line of now may be in another row.
  tick() {
    const now = this.querySelector('.now');
    if (!now) return;
    const [since, row] = now.born ??= [Date.now(), parseInt(now.className.match(/\bs(\d+)/)[1], 10)];
    now.style.setProperty('--s', row + Math.floor((Date.now() - since) / 300_000));
  }
}

customElements.define('day-board', DayBoard);
