// The cut-out page: a rectangle, two brushes, undo; every change asks the studio for a new alpha, the last one wins.
const given = JSON.parse(document.getElementById("state").textContent);
const $ = (id) => document.getElementById(id);
const stage = $("stage");
const canvas = $("canvas");
const ink = canvas.getContext("2d");
const status = $("status");
const problem = $("problem");
const boxFields = [...document.querySelectorAll(".box input")];
const PAUSE = 350;
const KEEP = "rgb(30 127 92 / 0.55)";
const REMOVE = "rgb(200 50 31 / 0.55)";

let now = { rectangle: given.rectangle, strokes: given.strokes };
let past = [];
let future = [];
let photo;
let alpha = null;
let drawing = null; // the stroke or rectangle under the hand
let cursor = { x: given.width / 2, y: given.height / 2, seen: false };
let asked = 0; // numbers the requests, so that a late answer changes nothing
let timer;

const layer = document.createElement("canvas");
layer.width = canvas.width;
layer.height = canvas.height;

function picture(address) {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = reject;
    image.src = address;
  });
}

const chosen = (name) => document.querySelector(`[name=${name}]:checked`)?.value;
const brush = () => Number($("size")?.value ?? 40);
const scale = () => canvas.width / canvas.getBoundingClientRect().width;

function cutOut() {
  const pen = layer.getContext("2d");
  pen.globalCompositeOperation = "copy";
  pen.drawImage(photo, 0, 0);
  pen.globalCompositeOperation = "destination-in";
  if (alpha) pen.drawImage(alpha, 0, 0);
  else pen.clearRect(0, 0, layer.width, layer.height);
  return layer;
}

function draw() {
  if (!photo) return;
  const view = chosen("view");
  stage.dataset.view = view;
  ink.clearRect(0, 0, canvas.width, canvas.height);
  if (view === "photo") ink.drawImage(photo, 0, 0);
  else {
    if (view === "work") {
      ink.globalAlpha = alpha ? 0.28 : 1; // what will go stays faintly seen, so that it can be brushed back
      ink.drawImage(photo, 0, 0);
      ink.globalAlpha = 1;
    }
    if (alpha) ink.drawImage(cutOut(), 0, 0);
    if (view === "work") drawMarks();
  }
}

function drawMarks() {
  const wide = scale();
  if (drawing?.points) trace(drawing);
  const box = drawing?.rectangle ?? now.rectangle;
  if (box) {
    ink.lineWidth = 2 * wide;
    ink.setLineDash([8 * wide, 6 * wide]);
    ink.strokeStyle = "#FBFAF7";
    ink.strokeRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
    ink.lineDashOffset = 7 * wide;
    ink.strokeStyle = "#1B1A18";
    ink.strokeRect(box[0], box[1], box[2] - box[0], box[3] - box[1]);
    ink.setLineDash([]);
    ink.lineDashOffset = 0;
  }
  if (cursor.seen && chosen("tool") !== "rectangle") {
    ink.lineWidth = 2 * wide;
    ink.strokeStyle = chosen("tool") === "keep" ? "#1E7F5C" : "#C8321F";
    ink.beginPath();
    ink.arc(cursor.x, cursor.y, brush() / 2, 0, 7);
    ink.stroke();
  }
}

function trace(stroke) {
  ink.lineWidth = stroke.size;
  ink.lineCap = ink.lineJoin = "round";
  ink.strokeStyle = stroke.keep ? KEEP : REMOVE;
  ink.beginPath();
  for (const [x, y] of stroke.points) ink.lineTo(x, y);
  if (stroke.points.length === 1) ink.lineTo(stroke.points[0][0] + 0.1, stroke.points[0][1]);
  ink.stroke();
}

function fields() {
  boxFields.forEach((field, i) => (field.value = now.rectangle ? Math.round(now.rectangle[i]) : ""));
  $("undo").disabled = !past.length;
  $("redo").disabled = !future.length;
}

function change(next) {
  past.push(now);
  future = [];
  now = next;
  fields();
  later();
}

function step(from, to) {
  if (!from.length) return;
  to.push(now);
  now = from.pop();
  fields();
  later();
}

function later() {
  draw();
  clearTimeout(timer);
  timer = setTimeout(cut, PAUSE);
}

async function cut() {
  const mine = ++asked;
  status.textContent = given.words.working;
  stage.classList.add("is-working");
  try {
    const answer = await fetch(given.cut, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value },
      body: JSON.stringify(now),
    });
    const said = await answer.json();
    if (mine !== asked) return;
    problem.hidden = answer.ok;
    problem.querySelector("span").textContent = said.problem ?? "";
    if (answer.ok) await take(said);
    else status.textContent = "";
  } catch {
    if (mine === asked) tell(given.words.offline);
  } finally {
    if (mine === asked) stage.classList.remove("is-working");
  }
}

function tell(words) {
  status.textContent = "";
  problem.hidden = false;
  problem.querySelector("span").textContent = words;
}

async function take(said) {
  alpha = await picture(said.alpha);
  now = { ...now, rectangle: said.rectangle };
  $("confirm").disabled = false;
  fields();
  ready(said.share);
  draw();
}

function ready(share) {
  status.textContent = `${given.words.ready} ${(share * 100).toFixed(1)} %`;
}

function at(event) {
  const box = canvas.getBoundingClientRect();
  return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
}

function begin(x, y) {
  if (chosen("view") !== "work") return;
  const tool = chosen("tool");
  drawing = tool === "rectangle" ? { from: [x, y], rectangle: [x, y, x, y] } : { keep: tool === "keep", size: brush(), points: [[x, y]] };
}

function go(x, y) {
  cursor = { x, y, seen: true };
  if (drawing?.from) {
    const [a, b] = drawing.from;
    drawing.rectangle = [Math.min(a, x), Math.min(b, y), Math.max(a, x), Math.max(b, y)];
  } else if (drawing) {
    const [a, b] = drawing.points.at(-1);
    if (Math.hypot(x - a, y - b) > drawing.size / 8) drawing.points.push([x, y]);
  }
  draw();
}

function end() {
  const done = drawing;
  drawing = null;
  if (!done) return;
  if (done.points) change({ ...now, strokes: [...now.strokes, { ...done, points: done.points.map(([x, y]) => [Math.round(x), Math.round(y)]) }] });
  else if (done.rectangle[2] - done.rectangle[0] > 8 && done.rectangle[3] - done.rectangle[1] > 8) change({ ...now, rectangle: done.rectangle.map(Math.round) });
  else draw();
}

function choose(name, value) {
  const field = document.querySelector(`[name=${name}][value=${value}]`);
  if (field) field.checked = true;
  draw();
}

function resize(by) {
  $("size").value = brush() * by;
  draw();
}

function move(dx, dy) {
  const far = Math.max(brush() / 2, 2);
  go(Math.min(Math.max(cursor.x + dx * far, 0), canvas.width), Math.min(Math.max(cursor.y + dy * far, 0), canvas.height));
}

// Painting by keys: Space puts the brush (or a corner of the rectangle) down, arrows drag it, Enter or Space again lifts it.
function press() {
  if (drawing) end();
  else begin(cursor.x, cursor.y);
  draw();
}

const KEYS = {
  r: () => choose("tool", "rectangle"),
  k: () => choose("tool", "keep"),
  d: () => choose("tool", "remove"),
  "[": () => resize(1 / 1.25),
  "]": () => resize(1.25),
  1: () => choose("view", "work"),
  2: () => choose("view", "result"),
  3: () => choose("view", "photo"),
};
const ON_CANVAS = {
  ArrowLeft: () => move(-1, 0),
  ArrowRight: () => move(1, 0),
  ArrowUp: () => move(0, -1),
  ArrowDown: () => move(0, 1),
  " ": press,
  Enter: () => drawing && end(),
  Escape: () => { drawing = null; draw(); },
};

addEventListener("keydown", (event) => {
  if (event.target.closest("input:not([type=radio]):not([type=range]), textarea")) return;
  if (event.ctrlKey || event.metaKey) {
    const back = event.key === "z" && !event.shiftKey;
    if (given.confirmed || (!back && event.key !== "y" && event.key !== "Z" && event.key !== "z")) return;
    event.preventDefault();
    if (back) step(past, future);
    else step(future, past);
    return;
  }
  const act = KEYS[event.key] ?? (event.target === canvas ? ON_CANVAS[event.key] : undefined);
  if (!act || event.altKey) return;
  event.preventDefault();
  act();
});

for (const field of document.querySelectorAll("[name=tool], [name=view]")) field.addEventListener("change", draw);

if (!given.confirmed) {
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    begin(...at(event));
    go(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => go(...at(event)));
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", () => { drawing = null; draw(); });
  canvas.addEventListener("pointerleave", () => { cursor.seen = false; draw(); });
  $("size").addEventListener("input", draw);
  $("undo").addEventListener("click", () => step(past, future));
  $("redo").addEventListener("click", () => step(future, past));
  $("again").addEventListener("click", () => change({ rectangle: null, strokes: [] }));
  for (const field of boxFields) field.addEventListener("change", () => {
    const values = boxFields.map((each) => Number(each.value));
    if (boxFields.every((each) => each.value !== "")) change({ ...now, rectangle: values });
  });
  fields();
}

photo = await picture(given.photo);
if (given.alpha) {
  alpha = await picture(given.alpha);
  ready(given.share);
} else status.textContent = given.words.nothing;
draw();
stage.dataset.ready = "";
