// The command palette (Ctrl-K, / or its button) and the map of keys (?). Only the keyboard is needed; the list follows the pattern of
// an editable combobox with a listbox (ARIA Authoring Practices): focus stays in the field, the arrow keys move the choice.
const finder = document.getElementById("finder");
const field = document.getElementById("finder-question");
const list = document.getElementById("finder-list");
const said = document.getElementById("finder-said");
const map = document.getElementById("key-map");
const icons = document.querySelector(".icon use")?.getAttribute("href").split("#")[0] ?? "";
const PAUSE = 120; // ms after the last key until the studio is asked
const SVG = "http://www.w3.org/2000/svg";
let timer = 0;
let stop = new AbortController();
let chosen = -1;

const options = () => [...list.querySelectorAll("[role=option]")];

function make(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text ?? "";
  return made;
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "use"));
  svg.firstChild.setAttribute("href", `${icons}#${name}`);
  return svg;
}

function option(each, place) {
  const item = make("div", "found");
  item.id = `found-${place}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.dataset.address = each.address;
  item.append(icon(each.icon), make("span", "found-name", each.name), make("span", "quiet-text", each.more));
  return item;
}

function group(kind, items) {
  const made = make("div", "found-group");
  const title = make("p", "found-kind", list.dataset[`kind${kind[0].toUpperCase()}${kind.slice(1)}`] ?? kind);
  title.id = `found-kind-${kind}`;
  made.setAttribute("role", "group");
  made.setAttribute("aria-labelledby", title.id);
  made.append(title, ...items);
  return made;
}

function choose(place) {
  const all = options();
  chosen = all.length ? (place + all.length) % all.length : -1;
  for (const [at, each] of all.entries()) each.setAttribute("aria-selected", String(at === chosen));
  if (chosen < 0) field.removeAttribute("aria-activedescendant");
  else field.setAttribute("aria-activedescendant", all[chosen].id);
  all[chosen]?.scrollIntoView({ block: "nearest" });
}

function show(found) {
  const kinds = Map.groupBy(found.map((each, place) => [each.kind, option(each, place)]), ([kind]) => kind);
  list.replaceChildren(...[...kinds].map(([kind, pairs]) => group(kind, pairs.map(([, item]) => item))));
  field.setAttribute("aria-expanded", String(found.length > 0));
  said.textContent = found.length ? `${found.length} ${said.dataset.count}` : said.dataset.none;
  choose(0);
}

async function ask() {
  stop.abort();
  stop = new AbortController();
  const { signal } = stop;
  try {
    const answer = await fetch(`${finder.dataset.address}?${new URLSearchParams({ q: field.value })}`, { signal });
    if (answer.redirected) return location.reload(); // signed out meanwhile
    if (!answer.ok) throw new Error(String(answer.status));
    const { found } = await answer.json();
    if (!signal.aborted) show(found);
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = said.dataset.failed;
  }
}

function open() {
  if (finder.open) return;
  map.close();
  finder.showModal();
  field.select();
  ask();
}

function go(item) {
  if (!item) return;
  const here = new URL(item.dataset.address, location.href);
  finder.close();
  if (here.pathname === location.pathname && here.search === location.search && !here.hash) location.reload();
  else location.assign(here);
}

const KEYS = {
  ArrowDown: () => choose(chosen + 1),
  ArrowUp: () => choose(chosen - 1),
  PageDown: () => choose(Math.min(chosen + 6, options().length - 1)),
  PageUp: () => choose(Math.max(chosen - 6, 0)),
  Enter: () => go(options()[chosen]),
};

field.addEventListener("keydown", (event) => {
  if (event.isComposing || !KEYS[event.key]) return; // Enter belongs to an input method while it composes
  event.preventDefault();
  KEYS[event.key]();
});
field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
});
list.addEventListener("mousemove", (event) => {
  const at = options().indexOf(event.target.closest("[role=option]"));
  if (at >= 0 && at !== chosen) choose(at);
});
list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));

function showMap() {
  const here = document.getElementById("keys-here");
  const own = [...document.querySelectorAll("main .keys li, template.keys")].flatMap((each) => (each.content ? [...each.content.cloneNode(true).children] : [each.cloneNode(true)]));
  here.querySelector(".keys").replaceChildren(...own);
  here.hidden = !own.length;
  map.showModal();
}

for (const dialog of [finder, map]) dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
for (const button of document.querySelectorAll("[data-finder]")) button.addEventListener("click", open);
for (const button of document.querySelectorAll("[data-key-map]")) button.addEventListener("click", showMap);

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  if (event.key === "/") {
    event.preventDefault();
    open();
  } else if (event.key === "?") {
    event.preventDefault();
    showMap();
  }
});
