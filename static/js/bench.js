// One picture: zoom by wheel and keys, drag to move; what a line on the right talks about is drawn on the picture.
const stage = document.getElementById("stage");
const picture = document.getElementById("picture");
const LIMIT = 12;
let scale = 1;
let x = 0;
let y = 0;

function draw() {
  picture.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  stage.classList.toggle("is-close", scale > 1);
}

function zoom(factor, at = { clientX: innerWidth / 2, clientY: innerHeight / 2 }) {
  const next = Math.min(LIMIT, Math.max(1, scale * factor));
  const box = stage.getBoundingClientRect();
  const dx = at.clientX - box.left - box.width / 2;
  const dy = at.clientY - box.top - box.height / 2;
  x = next === 1 ? 0 : dx - ((dx - x) * next) / scale;
  y = next === 1 ? 0 : dy - ((dy - y) * next) / scale;
  scale = next;
  draw();
}

function fit() {
  [scale, x, y] = [1, 0, 0];
  draw();
}

function show(line, on) {
  for (const mark of document.querySelectorAll(`[data-mark="${line.dataset.shows}"]`)) mark.classList.toggle("is-shown", on);
}

stage.addEventListener("wheel", (event) => {
  event.preventDefault();
  zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, event);
}, { passive: false });

stage.addEventListener("pointermove", (event) => {
  if (event.buttons !== 1 || scale === 1) return;
  x += event.movementX;
  y += event.movementY;
  draw();
});
stage.addEventListener("dragstart", (event) => event.preventDefault());

document.getElementById("zoom-in").addEventListener("click", () => zoom(1.5));
document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.5));
document.getElementById("zoom-fit").addEventListener("click", fit);

for (const line of document.querySelectorAll("[data-shows]")) {
  for (const event of ["mouseenter", "focus"]) line.addEventListener(event, () => show(line, true));
  for (const event of ["mouseleave", "blur"]) line.addEventListener(event, () => show(line, false));
}

const KEYS = {
  "+": () => zoom(1.5),
  "=": () => zoom(1.5),
  "-": () => zoom(1 / 1.5),
  0: fit,
  ArrowLeft: () => document.getElementById("previous")?.click(),
  ArrowRight: () => document.getElementById("next")?.click(),
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  KEYS[event.key]?.();
});
