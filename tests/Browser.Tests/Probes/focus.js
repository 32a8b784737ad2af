// How the place that has the keyboard shows it: what is wrong with that, or nothing.
() => {
  const e = document.activeElement;
  if (!e || e === document.body) return ['nothing has the focus'];
  const ringed = [e, e.closest('label')].filter(Boolean).map(one => getComputedStyle(one)).filter(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2);
  const box = (e.closest('label') ?? e).getBoundingClientRect();
  const found = [];
  if (!ringed.length) found.push('no visible focus');
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) found.push('focus outside the window');
  return found.map(what => `${what}: ${e.outerHTML.slice(0, 80)}`);
}
