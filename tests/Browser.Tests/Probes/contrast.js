// Text below 4.5:1, and borders of fields and buttons below 3:1 against what is around them, from computed colours.
() => {
  const parse = c => { const n = c.match(/[\d.]+/g).map(Number); return c.startsWith('color(') ? [n[0] * 255, n[1] * 255, n[2] * 255, n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
  const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const behind = e => {
    const layers = [];
    for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); layers.push(c); if (c[3] === 1) break; }
    return layers.reverse().reduce((under, c) => over(c, under), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
  };
  const shown = e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest('.vh, .pot, .skip, svg');
  const found = [];
  const need = (least, colour, ground, what) => { const r = ratio(over(parse(colour), ground), ground); if (r < least) found.push(`contrast ${r.toFixed(2)} < ${least}: ${what}`); };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: e } = texts.currentNode;
    if (data.trim() && shown(e)) need(4.5, getComputedStyle(e).color, behind(e), data.trim().slice(0, 40));
  }
  for (const e of document.querySelectorAll('input, textarea, select, button, .btn')) {
    if (!shown(e)) continue;
    if (e.placeholder) need(4.5, getComputedStyle(e, '::placeholder').color, behind(e), `placeholder of ${e.id}`);
    if (e.value && e.tagName !== 'BUTTON' && !['radio', 'checkbox'].includes(e.type)) need(4.5, getComputedStyle(e).color, behind(e), `value of ${e.id}`);
    const style = getComputedStyle(e);
    // Radios and boxes are the browser's own; a button that looks like a link is known by its words.
    if (['radio', 'checkbox', 'hidden'].includes(e.type) || style.borderTopStyle === 'none' || style.borderTopWidth === '0px') continue;
    const outside = behind(e.parentElement);
    if (ratio(behind(e), outside) < 3) need(3, style.borderTopColor, outside, `border of ${e.outerHTML.slice(0, 70)}`);
  }
  return found;
}
