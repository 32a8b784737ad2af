// What axe finds against WCAG 2.2 AA and its own best practice. Run in the page itself: there are no frames to look into.
async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], iframes: false, preload: false });
  return violations.map(one => `axe ${one.id}: ${one.help} at ${one.nodes.slice(0, 3).map(node => node.html).join(' and ')}`);
}
