// Selecting pictures on the wall to compare them: boxes, with Shift from the last one on, Escape for none. What is selected outlives
// the wall's renewal. Without this script the boxes and the button work as a plain form.
const live = document.getElementById("live");
const bar = document.getElementById("compare");
const count = bar.querySelector("output");
const button = bar.querySelector("button");
const clear = document.getElementById("compare-clear");
const LEAST = 2;
const MOST = 4;
const picked = new Set();
let last = null;

const boxes = () => [...live.querySelectorAll(".pick input")];

function show() {
  for (const box of boxes()) box.checked = picked.has(box.value);
  count.value = picked.size;
  bar.classList.toggle("is-open", picked.size > 0);
  button.disabled = picked.size < LEAST || picked.size > MOST;
  clear.hidden = picked.size === 0;
}

live.addEventListener("click", (event) => {
  const box = event.target.closest(".pick input");
  if (!box) return;
  const all = boxes();
  const from = all.findIndex((each) => each.value === last);
  const to = all.indexOf(box);
  const some = event.shiftKey && from >= 0 ? all.slice(Math.min(from, to), Math.max(from, to) + 1) : [box];
  for (const each of some) picked[box.checked ? "add" : "delete"](each.value);
  last = box.value;
  show();
});

function none() {
  picked.clear();
  show();
}
clear.addEventListener("click", none);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") none(); });
live.addEventListener("htmx:after:swap", show);
live.addEventListener("htmx:after:request", show);
for (const box of boxes()) if (box.checked) picked.add(box.value); // a reload keeps what was ticked
show();
