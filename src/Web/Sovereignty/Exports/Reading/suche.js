// Looks through the names in suche-daten.js. It runs from the disk and asks nobody.
"use strict";
(() => {
  const most = 50;
  const [form, box, said, list] = ["suche", "wort", "gefunden", "treffer"].map(id => document.getElementById(id));
  let rows = [];
  const folded = text => text.toLowerCase().replace(/ß/g, "ss").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  window.sucheIn = all => {
    rows = all.map(([name, more, where]) => ({ name, more, where, text: folded(name + " " + more) }));
    form.hidden = false;
  };
  const look = () => {
    const words = folded(box.value).split(/\s+/).filter(word => word);
    const hits = words.length ? rows.filter(row => words.every(word => row.text.includes(word))) : [];
    list.replaceChildren(...hits.slice(0, most).map(row => {
      const [item, link] = [document.createElement("li"), document.createElement("a")];
      link.href = row.where;
      link.textContent = row.name;
      item.append(link, row.more ? " · " + row.more : "");
      return item;
    }));
    said.textContent = !words.length ? "" : !hits.length ? said.dataset.none : hits.length === 1 ? said.dataset.one : said.dataset.many.replace("0", hits.length);
  };
  box.addEventListener("input", look);
  form.addEventListener("submit", event => event.preventDefault());
})();
