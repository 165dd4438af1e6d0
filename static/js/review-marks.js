// Defects: chosen from the rubric by name, then pointed at on the picture with pointer or keys.
const $ = (id) => document.getElementById(id);
const data = JSON.parse($("queue-data").textContent);
const say = (key) => data.say[key];
const SVG = "http://www.w3.org/2000/svg";
const STEP = 0.02; // of the picture, a key
const LEAST = 0.01;
const CLOSES = 0.02; // how near the first corner a click closes a polygon

let rubric = null;
let marked = []; // {code, region}
let pending = null; // {defect, box | null, points}
let layer = null;
let chosen = 0;

export function begin(seat, asked) {
  rubric = asked;
  marked = [];
  pending = null;
  list();
}

export const given = () => marked.map(({ code, region }) => ({ code, region }));
export const blocks = () => marked.some((each) => each.severity === "block");
export const drawing = () => Boolean(pending);

function changed() {
  list();
  draw();
  document.dispatchEvent(new CustomEvent("review:marked"));
}

function list() {
  $("marked").replaceChildren(...marked.map((each, at) => {
    const line = document.createElement("li");
    line.className = `mark-line ${each.severity}`;
    const chip = document.createElement("span");
    chip.className = `chip ${{ block: "block", major: "warn", minor: "info" }[each.severity]}`;
    chip.textContent = say(`queue.severity.${each.severity}`);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "quiet small";
    remove.textContent = say("queue.remove");
    remove.setAttribute("aria-label", `${say("queue.remove")}: ${each.name}`);
    remove.addEventListener("click", () => { marked.splice(at, 1); changed(); $("mark").focus(); });
    line.append(`${at + 1} ${each.name} `, chip, remove);
    return line;
  }));
}

// the picker

const fits = () => {
  const words = $("picker-filter").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return (rubric?.defects ?? []).filter((each) => words.every((word) => `${each.name} ${each.code}`.toLowerCase().includes(word)));
};

export function open() {
  const shut = $("picker").hidden;
  $("picker").hidden = !shut;
  $("mark").setAttribute("aria-expanded", String(shut));
  if (!shut) return;
  $("picker-filter").value = "";
  offer(0);
  $("picker-filter").focus();
}

function offer(at) {
  const found = fits();
  chosen = found.length ? (at + found.length) % found.length : -1;
  let group = "";
  const rows = [];
  for (const [i, each] of found.entries()) {
    if (each.group !== group) {
      group = each.group;
      const title = document.createElement("p");
      title.className = "found-kind";
      title.setAttribute("role", "presentation");
      title.textContent = say(`queue.group.${group}`) ?? group;
      rows.push(title);
    }
    const row = document.createElement("div");
    row.id = `defect-${i}`;
    row.className = "found";
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(i === chosen));
    row.dataset.code = each.code;
    row.append(each.name);
    rows.push(row);
  }
  if (!found.length) rows.push(Object.assign(document.createElement("p"), { className: "quiet-text", textContent: say("queue.none_fits") }));
  $("picker-list").replaceChildren(...rows);
  if (chosen >= 0) $("picker-filter").setAttribute("aria-activedescendant", `defect-${chosen}`);
  else $("picker-filter").removeAttribute("aria-activedescendant");
  document.getElementById(`defect-${chosen}`)?.scrollIntoView({ block: "nearest" });
}

function pick(code) {
  const defect = rubric.defects.find((each) => each.code === code);
  if (!defect) return;
  $("picker").hidden = true;
  $("mark").setAttribute("aria-expanded", "false");
  if (defect.region === "box" || defect.region === "polygon") point(defect);
  else set(defect, null);
}

if ($("mark")) {
  $("mark").addEventListener("click", open);
  $("picker-filter").addEventListener("input", () => offer(0));
  $("picker-filter").addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const found = fits();
    if (event.key === "ArrowDown") offer(chosen + 1);
    else if (event.key === "ArrowUp") offer(chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) pick(found[chosen].code);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  $("picker-list").addEventListener("click", (event) => pick(event.target.closest("[data-code]")?.dataset.code));
}

// pointing

function point(defect) {
  pending = { defect, box: { x: 0.4, y: 0.4, w: 0.2, h: 0.2 }, points: [], touched: false };
  const told = $("stage-said");
  told.textContent = `${defect.name}. ${say(`region.${defect.region}`)}`;
  told.hidden = false;
  $("stage").focus({ preventScroll: true });
  draw();
}

function set(defect, region) {
  marked.push({ code: defect.code, name: defect.name, severity: defect.severity, region });
  pending = null;
  $("stage-said").hidden = true;
  $("stage").focus({ preventScroll: true });
  changed();
}

const rounded = (value) => Math.round(value * 10000) / 10000;
const boxRegion = ({ x, y, w, h }) => ({ kind: "box", x: rounded(x), y: rounded(y), w: rounded(Math.min(w, 1 - x)), h: rounded(Math.min(h, 1 - y)) });
const polygonRegion = (points) => ({ kind: "polygon", points: points.map(([x, y]) => [rounded(x), rounded(y)]) });

function finish() {
  const { defect, box, points } = pending;
  set(defect, points.length >= 3 ? polygonRegion(points) : boxRegion(box));
}

export function over(frame) {
  layer = document.createElementNS(SVG, "svg");
  layer.setAttribute("class", "review-marks");
  layer.setAttribute("viewBox", "0 0 1 1");
  layer.setAttribute("preserveAspectRatio", "none");
  layer.setAttribute("aria-hidden", "true");
  frame.append(layer);
  let from = null;
  const at = (event) => {
    const box = layer.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map((v) => Math.min(1, Math.max(0, v)));
  };
  frame.addEventListener("pointerdown", (event) => {
    if (!pending || event.button) return;
    event.preventDefault();
    const [x, y] = at(event);
    if (pending.defect.region === "polygon") corner(x, y);
    else { from = [x, y]; frame.setPointerCapture(event.pointerId); }
  });
  frame.addEventListener("pointermove", (event) => {
    if (!pending || !from) return;
    const [x, y] = at(event);
    pending.box = { x: Math.min(x, from[0]), y: Math.min(y, from[1]), w: Math.abs(x - from[0]), h: Math.abs(y - from[1]) };
    draw();
  });
  frame.addEventListener("pointerup", () => {
    if (!pending || !from) return;
    from = null;
    if (pending.box.w >= LEAST / 2 && pending.box.h >= LEAST / 2) finish();
    else { pending.box = { x: 0.4, y: 0.4, w: 0.2, h: 0.2 }; draw(); }
  });
  draw();
}

function corner(x, y) {
  const { points } = pending;
  const [first] = points;
  if (first && points.length >= 3 && Math.hypot(x - first[0], y - first[1]) < CLOSES) { finish(); return; }
  if (points.length < 64) points.push([x, y]);
  draw();
}

addEventListener("keydown", (event) => {
  if (!pending || event.defaultPrevented || event.target.closest("input, textarea")) return;
  const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  if (event.key === "Enter") finish();
  else if (event.key === "Escape") set(pending.defect, null);
  else if (event.key === "Backspace" && pending.points.length) pending.points.pop();
  else if (moves[event.key]) nudge(...moves[event.key], event.shiftKey);
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (pending) draw();
}, true);

function nudge(dx, dy, size) {
  const { box } = pending;
  if (size) {
    box.w = Math.min(Math.max(box.w + dx * STEP, LEAST), 1 - box.x);
    box.h = Math.min(Math.max(box.h + dy * STEP, LEAST), 1 - box.y);
  } else {
    box.x = Math.min(Math.max(box.x + dx * STEP, 0), 1 - box.w);
    box.y = Math.min(Math.max(box.y + dy * STEP, 0), 1 - box.h);
  }
}

function draw() {
  if (!layer) return;
  const shapes = marked.filter((each) => each.region).map((each) => shape(each.region, each.severity));
  if (pending?.points.length) shapes.push(shape(polygonRegion(pending.points), "pending"));
  else if (pending?.defect.region === "box" || pending) shapes.push(shape({ kind: "box", ...pending.box }, "pending"));
  layer.replaceChildren(...shapes);
  layer.parentNode?.classList.toggle("is-pointing", Boolean(pending));
}

function shape(region, className) {
  const made = document.createElementNS(SVG, region.kind === "polygon" ? "polygon" : "rect");
  if (region.kind === "polygon") made.setAttribute("points", region.points.map((point) => point.join(",")).join(" "));
  else for (const [name, value] of Object.entries({ x: region.x, y: region.y, width: region.w, height: region.h })) made.setAttribute(name, value);
  made.setAttribute("class", className);
  return made;
}
