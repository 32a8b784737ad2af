// Everything that can be pressed and is smaller than 24 by 24 CSS pixels, links inside a sentence excepted (WCAG 2.5.8);
// so is what lies on the board, as high as its minutes are long: whatever can be done there is done by forms, too.
() => {
  const shown = e => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.vh, .pot, .skip');
  const inSentence = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline'
    && [...e.parentNode.childNodes].some(n => n !== e && n.nodeType === 3 && n.data.trim());
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(shown).filter(e => !inSentence(e) && !e.closest('day-board li'))
    .map(e => [e, (e.closest('label') ?? e).getBoundingClientRect()])
    .filter(([, box]) => box.width < 24 || box.height < 24)
    .map(([e, box]) => `target ${Math.round(box.width)}x${Math.round(box.height)}: ${e.outerHTML.slice(0, 90)}`);
}
