// What makes somebody scroll sideways. Strips made for scrolling sideways are fine.
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = e => e && (['auto', 'scroll'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const wide = [...document.body.querySelectorAll('*')].filter(e => !scrolls(e.parentElement) && e.getBoundingClientRect().right > width + 1);
  return [`${document.documentElement.scrollWidth} px wide instead of ${width}: ` + wide.slice(-3).map(e => e.outerHTML.slice(0, 80)).join(' | ')];
}
