// One picture: zoom by wheel and keys, drag to move; ways to look at it; what a line on the right talks about is drawn on the picture;
// an older version beside this one.
const stage = document.getElementById("stage");
const picture = document.getElementById("picture");
const shown = document.getElementById("shown");
export const data = JSON.parse(document.getElementById("bench-data").textContent);
const LIMIT = 12;
const view = { scale: 1, x: 0, y: 0 };
const looks = { third: false, grey: false, mirror: false, blind: "", logo: false, sizes: false };

function draw() {
  const scale = looks.third ? view.scale / 3 : view.scale;
  picture.style.transform = `translate(${view.x}px, ${view.y}px) scale(${looks.mirror ? -scale : scale}, ${scale})`;
  stage.classList.toggle("is-close", view.scale > 1);
}

function zoom(factor, at = null) {
  const next = Math.min(LIMIT, Math.max(1, view.scale * factor));
  const box = stage.getBoundingClientRect();
  const dx = (at ? at.clientX : box.left + box.width / 2) - box.left - box.width / 2;
  const dy = (at ? at.clientY : box.top + box.height / 2) - box.top - box.height / 2;
  view.x = next === 1 ? 0 : dx - ((dx - view.x) * next) / view.scale;
  view.y = next === 1 ? 0 : dy - ((dy - view.y) * next) / view.scale;
  view.scale = next;
  draw();
}

function fit() {
  Object.assign(view, { scale: 1, x: 0, y: 0 });
  draw();
}

// How many pixels of the canvas one pixel of the screen is.
export function unit() {
  return data.width / shown.getBoundingClientRect().width;
}
export const mirrored = () => looks.mirror;

stage.addEventListener("wheel", (event) => {
  if (looks.sizes) return;
  event.preventDefault();
  zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, event);
}, { passive: false });
stage.addEventListener("pointermove", (event) => {
  if (event.buttons !== 1 || view.scale === 1 || event.target.closest(".handle, .tools, .sizes")) return;
  view.x += event.movementX;
  view.y += event.movementY;
  draw();
});
stage.addEventListener("dragstart", (event) => event.preventDefault());
document.getElementById("zoom-in").addEventListener("click", () => zoom(1.5));
document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.5));
document.getElementById("zoom-fit").addEventListener("click", fit);

// ways to look
const BLIND = { "": "deutan", deutan: "protan", protan: "" };

function look(name) {
  const button = document.querySelector(`[data-look="${name}"]`);
  if (!button) return;
  looks[name] = name === "blind" ? BLIND[looks.blind] : !looks[name];
  button.setAttribute("aria-pressed", String(Boolean(looks[name])));
  if (name === "blind") {
    const label = document.getElementById("blind-name");
    label.dataset.plain ??= label.textContent;
    label.textContent = looks.blind ? data.say[`look.${looks.blind}`] : label.dataset.plain;
  }
  const filters = [looks.grey && "grayscale(1)", looks.blind && `url(#${looks.blind})`].filter(Boolean);
  for (const image of picture.querySelectorAll("img")) image.style.filter = filters.join(" ");
  picture.classList.toggle("hides-logo", looks.logo);
  if (name === "sizes") showSizes();
  draw();
}

function showSizes() {
  const sizes = document.getElementById("sizes");
  for (const image of sizes.querySelectorAll("[data-src]")) {
    image.src = image.dataset.src;
    image.removeAttribute("data-src");
  }
  sizes.hidden = !looks.sizes;
  if (!looks.sizes) return;
  // All at one scale: in one row where they stay a third of their size, in several where they don't.
  const images = [...sizes.querySelectorAll("img")];
  const widths = images.map((image) => Number(image.getAttribute("width")));
  const room = sizes.clientWidth - 48;
  const row = (room - 24 * (images.length - 1)) / widths.reduce((sum, width) => sum + width, 0);
  const scale = Math.min(1, Math.max(0.33, row), room / Math.max(...widths));
  for (const [i, image] of images.entries()) image.style.width = `${Math.max(widths[i] * scale, 24)}px`;
  sizes.querySelector("a").focus();
}

for (const button of document.querySelectorAll("[data-look]")) button.addEventListener("click", () => look(button.dataset.look));

export function place(element, [x0, y0, x1, y1]) {
  element.style.left = `${(100 * x0) / data.width}%`;
  element.style.top = `${(100 * y0) / data.height}%`;
  element.style.width = `${(100 * (x1 - x0)) / data.width}%`;
  element.style.height = `${(100 * (y1 - y0)) / data.height}%`;
}
for (const cover of document.querySelectorAll(".logo-cover")) place(cover, cover.dataset.box.split(" ").map(Number));

// findings and layers on the picture
function mark(line, on) {
  for (const each of document.querySelectorAll(`[data-mark="${line.dataset.shows}"]`)) each.classList.toggle("is-shown", on);
}
for (const [event, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
  document.addEventListener(event, ({ target }) => {
    const line = target.closest?.("[data-shows]");
    if (line) mark(line, on);
  });
}

// an older version beside this one
const older = document.getElementById("older");
const seam = document.getElementById("seam");
const divide = document.getElementById("divide");
const divider = document.getElementById("divider");

function split() {
  older.style.clipPath = `inset(0 ${100 - divider.value}% 0 0)`;
  seam.style.left = `${divider.value}%`;
}
divider?.addEventListener("input", split);
for (const button of document.querySelectorAll("[data-compare]")) {
  button.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    for (const other of document.querySelectorAll("[data-compare]")) other.setAttribute("aria-pressed", String(other === button && on));
    older.hidden = seam.hidden = divide.hidden = !on;
    if (!on) return;
    older.src = button.dataset.compare;
    split();
    divider.focus();
  });
}

// keys; bench-edit.js takes the arrows while an element is chosen
const KEYS = {
  "+": () => zoom(1.5),
  "=": () => zoom(1.5),
  "-": () => zoom(1 / 1.5),
  0: fit,
  3: () => look("third"),
  g: () => look("grey"),
  m: () => look("mirror"),
  b: () => look("blind"),
  l: () => look("logo"),
  a: () => look("sizes"),
  Escape: () => looks.sizes && look("sizes"),
  ArrowLeft: () => document.getElementById("previous")?.click(),
  ArrowRight: () => document.getElementById("next")?.click(),
};
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select")) return;
  KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key]?.();
});
