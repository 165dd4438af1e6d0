// Editing: a list of changes on top of the version that the page shows. The list is all there is: undo leaves out its last one,
// a reload finds it again, and each picture is composed from the version and the list.
import { complain, listFindings } from "./bench-findings.js";
import { guides, snapped } from "./bench-guides.js";
import { showSwatches } from "./bench-swatches.js";
import { problemOf, recompose, send } from "./bench-talk.js";
import { data, mirrored, place, unit } from "./bench.js";

const $ = (id) => document.getElementById(id);
const KEPT = `bench:${data.asset}`;
const TOGETHER = 700; // ms within which steps of one kind are one change
const NEAR = 6; // screen px within which a dragged box snaps
const FINDINGS_AFTER = 220; // ms without a change before preflight is asked
const shown = $("shown");
const original = shown.src;

let changes = [];
let undone = [];
let elements = [];
let palette = [];
let chosen = null;
let composing = false;
let wanted = null; // the list whose picture is wanted while another one is being made
let saving = false;
let stamp = { key: "", at: 0 };
let findingsTimer = 0;

// One picture is being made at a time; of those asked for meanwhile only the last is.
async function refresh(list, pressed = performance.now()) {
  if (composing) {
    wanted = [list, pressed];
    return;
  }
  composing = true;
  let made;
  try {
    made = await recompose(list);
  } catch {
    made = { status: 0, problem: data.say["bench.offline"] };
  }
  composing = false;
  if (wanted) {
    const next = wanted;
    wanted = null;
    if (made.about) await show(made, list, pressed);
    refresh(...next);
    return;
  }
  if (made.about) {
    await show(made, list, pressed);
    return;
  }
  complain(made.problem, made.status === 422 && list.at(-1)?.kind === "retype" && list.at(-1).id === chosen);
  if (made.status === 422 && list.length) takeBack(list);
  if (made.status === 503 || made.status === 0) setTimeout(() => refresh(changes), 2500);
}

async function show(made, list, pressed) {
  const address = URL.createObjectURL(made.picture);
  const before = shown.src;
  shown.src = list.length ? address : original;
  await shown.decode().catch(() => {});
  if (before.startsWith("blob:")) URL.revokeObjectURL(before);
  if (!list.length) URL.revokeObjectURL(address);
  elements = made.about.elements;
  palette = made.about.colours;
  drawHandles();
  if (list === changes) complain("");
  if (list.length) {
    requestAnimationFrame(() => performance.measure("bench:recomposed", { start: pressed, end: performance.now() }));
    clearTimeout(findingsTimer);
    findingsTimer = setTimeout(() => judge(list), FINDINGS_AFTER);
  }
}

async function judge(list) {
  if (list !== changes) return;
  const response = await send(data.findings, { changes: list }).catch(() => null);
  if (!response?.ok || list !== changes) return;
  listFindings((await response.json()).findings);
}

// the list of changes

function commit(list, { key = "", pressed = performance.now() } = {}) {
  changes = list;
  undone = [];
  stamp = { key, at: performance.now() };
  settle(pressed);
}

function settle(pressed) {
  if (changes.length) localStorage.setItem(KEPT, JSON.stringify(changes));
  else localStorage.removeItem(KEPT);
  $("unsaved").hidden = !changes.length;
  $("undo").disabled = !changes.length;
  $("redo").disabled = !undone.length;
  $("save").disabled = !changes.length || saving;
  $("conflict").hidden = true;
  if (!changes.length) $("edit-kept").hidden = true;
  refresh(changes, pressed);
}

// A change that the studio refuses leaves the list; what was typed stays in its field, with the reason beside it.
function takeBack(list) {
  if (list !== changes) return;
  changes = list.slice(0, -1);
  stamp = { key: "", at: 0 };
  localStorage.setItem(KEPT, JSON.stringify(changes));
  $("undo").disabled = $("save").disabled = !changes.length;
  $("unsaved").hidden = !changes.length;
  if (!elements.length) refresh(changes);
}

// Steps of one kind on one element that follow each other at once are one change; `merged` joins the last with the new one.
function add(change, merged, pressed) {
  const key = `${change.kind}:${change.id}`;
  const last = changes.at(-1);
  const joins = last && stamp.key === key && last.kind === change.kind && last.id === change.id && (change.kind === "retype" || performance.now() - stamp.at < TOGETHER);
  commit(joins ? [...changes.slice(0, -1), merged(last)] : [...changes, change], { key, pressed });
}

function undo() {
  if (!changes.length) return;
  undone.push(changes.at(-1));
  changes = changes.slice(0, -1);
  stamp = { key: "", at: 0 };
  settle();
}

function redo() {
  if (!undone.length) return;
  changes = [...changes, undone.pop()];
  stamp = { key: "", at: 0 };
  settle();
}

// elements on the picture

const nameOf = (element) => data.say[`line.${element.role}`] ?? element.id;

function drawHandles() {
  const holder = $("handles");
  const old = new Map([...holder.children].map((handle) => [handle.dataset.id, handle]));
  for (const element of elements) {
    const handle = old.get(element.id) ?? newHandle(element.id);
    old.delete(element.id);
    handle.setAttribute("aria-label", `${nameOf(element)}${element.text ? `: ${element.text}` : ""}. ${data.say["bench.element"]}`);
    place(handle, element.box);
    if (!handle.isConnected) holder.append(handle); // one that is there stays: moving it would take its focus
  }
  for (const gone of old.values()) {
    if (gone.dataset.id === chosen) choose(null);
    gone.remove();
  }
  // smaller boxes above larger ones, so that each can be reached with the pointer
  const area = ({ box: [x0, y0, x1, y1] }) => (x1 - x0) * (y1 - y0);
  [...elements].sort((a, b) => area(b) - area(a)).forEach((element, i) => {
    handleOf(element.id).style.zIndex = i + 1;
  });
  $("edit-hint").textContent = $("edit-hint").dataset.ready ?? $("edit-hint").textContent;
  if (chosen) {
    inspect();
    refillWords();
  }
}

const handleOf = (id) => $("handles").querySelector(`[data-id="${CSS.escape(id)}"]`);

function newHandle(id) {
  const handle = document.createElement("button");
  handle.className = "handle";
  handle.dataset.id = id;
  handle.type = "button";
  handle.addEventListener("focus", () => choose(id));
  handle.addEventListener("dblclick", retype);
  handle.addEventListener("pointerdown", (event) => drag(event, id));
  return handle;
}

const current = () => elements.find((element) => element.id === chosen);

function choose(id) {
  if (chosen === id) return;
  chosen = id;
  stamp = { key: "", at: 0 };
  for (const handle of $("handles").children) handle.setAttribute("aria-pressed", String(handle.dataset.id === id));
  $("inspector").hidden = !id;
  $("edit-hint").hidden = Boolean(id);
  complain("");
  if (id) {
    inspect();
    refillWords();
  }
}

function inspect() {
  const element = current();
  if (!element) return;
  $("edit-chosen").textContent = nameOf(element);
  $("words-field").hidden = element.text === null;
  $("hide").hidden = !element.optional;
  $("size-shown").textContent = element.size ? `${element.size.toFixed(element.size < 40 ? 1 : 0)} px` : "";
  $("colour-field").hidden = element.color === null;
  $("colour-of").hidden = !element.plate;
  showSwatches(palette, element.color, recolour);
  const others = elements.filter((other) => other.id !== element.id && other.role !== "underlay");
  $("swap-field").hidden = element.role === "underlay" || !others.length;
  const list = [["", data.say["bench.swap.none"]], ...others.map((other) => [other.id, `${nameOf(other)}${other.text ? ` “${other.text.slice(0, 16)}”` : ""}`])];
  $("swap").replaceChildren(...list.map(([value, text]) => new Option(text, value)));
}

function recolour(color) {
  const element = current();
  const plate = element.plate && document.querySelector("[name='colour-of']:checked").value === "plate";
  const change = { kind: "recolour", id: plate ? element.plate : element.id, color };
  add(change, () => change);
}

// The field shows what the picture says, but never while somebody types in it: only undo and redo may write there then.
function refillWords() {
  const text = current()?.text;
  if (typeof text !== "string") return;
  if (document.activeElement !== $("words") || stamp.key === "") $("words").value = text;
}

function retype() {
  const element = current();
  if (!element || element.text === null) return;
  $("words").value = element.text;
  $("words").focus();
  $("words").select();
}

function nudge(dx, dy, pressed) {
  const change = { kind: "move", id: chosen, dx, dy };
  add(change, (last) => ({ ...last, dx: last.dx + dx, dy: last.dy + dy }), pressed);
}

function scale(factor) {
  if (!chosen) return;
  add({ kind: "resize", id: chosen, factor }, (last) => ({ ...last, factor: Math.min(8, Math.max(0.1, last.factor * factor)) }));
}

// dragging, with guides where an edge or the middle meets another's or the canvas's

function drag(start, id) {
  if (start.button !== 0) return;
  if (start.pointerType === "touch" && chosen !== id) return; // a finger chooses first: else no one could scroll past the picture
  const handle = start.currentTarget;
  handle.focus();
  const element = elements.find((each) => each.id === id);
  const others = elements.filter((each) => each.id !== id).map((each) => each.box);
  let moved = [0, 0];
  handle.setPointerCapture(start.pointerId);
  const move = (event) => {
    const by = unit();
    const raw = [(event.clientX - start.clientX) * by * (mirrored() ? -1 : 1), (event.clientY - start.clientY) * by];
    if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < 3 && !moved[0] && !moved[1]) return;
    moved = event.altKey ? raw : snapped(element.box, raw, others, NEAR * by);
    place(handle, element.box.map((value, i) => value + moved[i % 2]));
  };
  const stop = () => {
    handle.removeEventListener("pointermove", move);
    guides();
    if (Math.abs(moved[0]) >= 0.5 || Math.abs(moved[1]) >= 0.5) {
      stamp = { key: "", at: 0 };
      nudge(Math.round(moved[0] * 100) / 100, Math.round(moved[1] * 100) / 100);
    }
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("lostpointercapture", stop, { once: true });
}

// saving

async function save(anyway = false) {
  if (saving || !changes.length) return;
  saving = true;
  $("save").disabled = true;
  $("edit-said").textContent = $("save").textContent = data.say["bench.saving"];
  let answer = { problem: data.say["bench.offline"] };
  let status = 0;
  try {
    const response = await send(data.save, { changes, anyway });
    status = response.status;
    answer = await problemOf(response);
  } catch { /* told below; the changes stay */ }
  saving = false;
  $("save").textContent = data.say["bench.save"];
  $("save").disabled = !changes.length;
  if (status === 201) {
    changes = [];
    localStorage.removeItem(KEPT);
    location.assign(answer.url);
    return;
  }
  complain(answer.problem ?? data.say["bench.offline"]);
  $("conflict").hidden = status !== 409;
  if (status === 409) {
    $("theirs").href = answer.head;
    $("save-anyway").focus();
  }
}

// keys and controls

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

document.addEventListener("keydown", (event) => {
  const control = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (control && key === "s") {
    event.preventDefault();
    save();
  } else if (control && (key === "z" || key === "y")) {
    event.preventDefault();
    if (key === "y" || event.shiftKey) redo();
    else undo();
  } else if (event.target.closest(".handle") && !control) {
    onHandle(event);
  }
}, true);

function onHandle(event) {
  const step = event.shiftKey ? 8 : 1;
  if (ARROWS[event.key]) nudge(ARROWS[event.key][0] * step * (mirrored() ? -1 : 1), ARROWS[event.key][1] * step, event.timeStamp);
  else if (event.key === "Enter") retype();
  else if (event.key === "[") scale(1 / 1.04);
  else if (event.key === "]") scale(1.04);
  else if (event.key === "Escape") letGo();
  else return;
  event.preventDefault();
}

function letGo() {
  handleOf(chosen)?.blur();
  choose(null);
}

const words = $("words");
words.addEventListener("input", (event) => {
  if (event.isComposing || !words.value.trim()) return;
  typed(event.timeStamp);
});
words.addEventListener("compositionend", (event) => typed(event.timeStamp));
function typed(pressed) {
  if (!chosen) return;
  const change = { kind: "retype", id: chosen, text: words.value };
  add(change, () => change, pressed);
}
words.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if ((event.key === "Enter" && !event.shiftKey) || event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    handleOf(chosen)?.focus();
  }
});
$("smaller").addEventListener("click", () => scale(1 / 1.04));
$("larger").addEventListener("click", () => scale(1.04));
$("hide").addEventListener("click", () => commit([...changes, { kind: "hide", id: chosen }]));
$("swap").addEventListener("change", () => {
  if ($("swap").value) commit([...changes, { kind: "swap", id: chosen, other: $("swap").value }]);
});
$("undo").addEventListener("click", undo);
$("redo").addEventListener("click", redo);
$("save").addEventListener("click", () => save());
$("save-anyway").addEventListener("click", () => save(true));
$("deselect").addEventListener("click", letGo);
$("discard").addEventListener("click", () => {
  undone = [];
  changes = [];
  settle();
});
addEventListener("beforeunload", (event) => {
  if (changes.length) event.preventDefault();
});

// begin

function begin() {
  let kept = [];
  try {
    kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
  } catch { /* what is not ours is left out */ }
  $("edit-hint").dataset.ready = data.say["bench.edit.hint"];
  if (Array.isArray(kept) && kept.length) {
    $("edit-kept").hidden = false;
    commit(kept);
  } else {
    refresh(changes);
  }
}
begin();
