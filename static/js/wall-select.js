// Selecting pictures on the wall: boxes, with Shift from the last one on, X for the one in focus, Escape for none. What is selected
// outlives the wall's renewal. Without this script the boxes and buttons work as a plain form.
import { panels } from "./panels.js";

const live = document.getElementById("live");
const bar = document.getElementById("chosen-bar");
const count = bar.querySelector("output");
const clear = document.getElementById("chosen-clear");
const compare = document.getElementById("compare");
const star = document.getElementById("star");
const more = document.getElementById("more");
const reroll = document.getElementById("reroll");
const LEAST = 2;
const MOST = 4;
const picked = new Set();
let last = null;

const boxes = () => [...live.querySelectorAll(".pick input")];
export const selected = () => [...picked];

function show() {
  const all = boxes();
  const there = new Set(all.map((box) => box.value));
  for (const id of picked) if (!there.has(id)) picked.delete(id); // its tile went away, or shows another version
  for (const box of all) box.checked = picked.has(box.value);
  count.value = picked.size;
  bar.classList.toggle("is-open", picked.size > 0);
  compare.disabled = picked.size < LEAST || picked.size > MOST;
  star.disabled = picked.size === 0;
  const starred = picked.size > 0 && all.every((box) => !box.checked || box.closest(".tile").classList.contains("is-starred"));
  const label = star.querySelector("span");
  label.textContent = starred ? label.dataset.off : label.dataset.on;
  star.value = starred ? "0" : "1";
  clear.hidden = picked.size === 0;
  for (const [each, able] of [[reroll, picked.size > 0], [more, picked.size === 1]]) {
    if (!each) continue;
    each.classList.toggle("is-off", !able);
    if (!able) each.open = false;
  }
}

export function pick(box, on, from = false) {
  const all = boxes();
  const start = all.findIndex((each) => each.value === last);
  const to = all.indexOf(box);
  const some = from && start >= 0 ? all.slice(Math.min(start, to), Math.max(start, to) + 1) : [box];
  for (const each of some) picked[on ? "add" : "delete"](each.value);
  last = box.value;
  show();
}

live.addEventListener("click", (event) => {
  const box = event.target.closest(".pick input");
  if (box) pick(box, box.checked, event.shiftKey);
});

export function none() {
  picked.clear();
  show();
}
clear.addEventListener("click", none);
live.addEventListener("htmx:after:swap", show);
live.addEventListener("htmx:after:request", show);
for (const box of boxes().filter((each) => each.checked)) { // ticked before this ran, or kept by a reload
  picked.add(box.value);
  last = box.value;
}
show();

for (const panel of panels) {
  panel.querySelector("summary").addEventListener("click", (event) => {
    if (panel.classList.contains("is-off")) event.preventDefault();
  });
}
