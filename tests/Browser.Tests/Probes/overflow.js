// What makes somebody scroll sideways, the innermost of it. Strips made for scrolling sideways are fine.
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = e => e && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  // A box can be narrow and what stands in it wide: a long word, or something that only the style sheet puts there.
  const reach = (e, box = e.getBoundingClientRect()) => Math.max(box.right, getComputedStyle(e).overflowX === 'visible' ? box.left + e.scrollWidth : 0);
  const wide = [...document.querySelectorAll('body, body *')].filter(e => !scrolls(e.parentElement) && reach(e) > width + 1);
  const inner = wide.filter(e => !wide.some(other => other !== e && e.contains(other)));
  return [`${document.documentElement.scrollWidth} px wide instead of ${width}: ` + inner.slice(0, 3).map(e => e.outerHTML.slice(0, 80)).join(' | ')];
}
