// The review queue: the picture in hand, the next one loaded behind it, answers sent in the background and kept until they arrived.
import * as marks from "./review-marks.js";
import * as scores from "./review-scores.js";

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("queue-data").textContent);
const say = (key) => data.say[key];
const single = data.kind === "single";
const LEASE_PING = 60000;
const LOOK_AGAIN = 10000;
const UNSENT = `vermilion.review.unsent.${data.brand}.${data.kind}`;

let seats = [];
let asked = false; // whether the studio told once what waits
let last = data.last; // what Z takes back
let unsent = JSON.parse(sessionStorage.getItem(UNSENT) ?? "[]");
let sending = false;
let takesBack = false; // Z was pressed while an answer was under way
let seen = 0; // ms the picture in hand was looked at
let since = 0; // when the current look began, 0 while hidden or loading
let asking = false;

// the picture in hand

const ahead = new Map();
function load(address) {
  if (!ahead.has(address)) {
    const image = new Image();
    image.decoding = "async";
    image.src = address;
    ahead.set(address, image);
  }
  return ahead.get(address);
}

// Whoever answers faster than the studio does is not done: the next pictures come with the answers that are under way.
const awaits = () => !asked || unsent.length > 0;

function show() {
  const seat = seats[0];
  $("work").hidden = !seat;
  $("stage").classList.toggle("is-empty", !seat);
  $("all-done").hidden = Boolean(seat) || awaits();
  $("title").textContent = seat?.title ?? "";
  $("meant").textContent = seat?.meant ? `${say("queue.meant")}: ${seat.meant}` : "";
  $("due").hidden = !seat?.due;
  $("due").textContent = seat?.due ? `${say("queue.due")} ${new Date(seat.due).toLocaleString(document.documentElement.lang)}` : "";
  $("comment").value = "";
  close();
  if (single) {
    marks.begin(seat, data.rubrics[seat?.brand]);
    scores.begin(data.rubrics[seat?.brand]);
  }
  draw(seat);
  for (const next of seats.slice(1)) for (const picture of next.pictures) load(picture.address);
  const kept = new Set(seats.flatMap((each) => each.pictures.map((picture) => picture.address)));
  for (const address of ahead.keys()) if (!kept.has(address)) ahead.delete(address);
  allow();
}

function draw(seat) {
  seen = since = 0;
  const told = $("stage-said");
  const frames = (seat?.pictures ?? []).map((picture) => {
    const frame = document.createElement("div");
    frame.className = "picture";
    const image = load(picture.address);
    image.width = picture.width;
    image.height = picture.height;
    image.alt = `${seat.title}, ${picture.width}×${picture.height}`;
    image.draggable = false;
    frame.append(image);
    return frame;
  });
  $("pictures").replaceChildren(...frames);
  if (!single && seat) pair(seat, frames);
  if (single && frames.length) marks.over(frames[0]);
  const images = frames.map((frame) => frame.firstChild);
  if (seat ? !images.every((image) => image.complete) : awaits()) {
    told.textContent = say("queue.loading");
    told.hidden = false;
  } else told.hidden = true;
  if (!seat) return;
  Promise.all(images.map((image) => image.decode())).then(
    () => { if (seat === seats[0]) { if (told.textContent === say("queue.loading")) told.hidden = true; look(); } },
    () => { if (seat === seats[0]) { told.textContent = say("queue.broken"); told.hidden = false; look(); } },
  );
}

// Two pictures: named A and B, one above the other where they are wide, so that each is as large as can be.
const WIDE = 1.6;
const TALL = 0.8;
function pair(seat, frames) {
  frames.forEach((frame, at) => {
    frame.dataset.side = "AB"[at];
    frame.firstChild.alt = `${"AB"[at]}: ${frame.firstChild.alt}`;
  });
  const shapes = seat.pictures.map((picture) => picture.width / picture.height);
  const shape = Math.min(...shapes);
  $("pictures").dataset.shape = shape > WIDE ? "wide" : shape >= TALL ? "square" : "tall";
}

const look = () => { if (!document.hidden && seats.length) since = performance.now(); };
const seconds = () => (seen + (since ? performance.now() - since : 0)) / 1000;
document.addEventListener("visibilitychange", () => {
  if (document.hidden && since) { seen += performance.now() - since; since = 0; } else look();
});

// answers

function allow() {
  const blocked = single && marks.blocks();
  $("blocks").hidden = !blocked;
  for (const button of document.querySelectorAll("[data-verdict]")) button.disabled = blocked && button.dataset.verdict !== "reject";
  $("undo").disabled = !last && !unsent.length;
}
document.addEventListener("review:marked", allow);

function leaveSeat(door, more) {
  const seat = seats[0];
  if (!seat) return;
  unsent.push({ door, body: { seat: seat.seat, token: seat.token, comment: $("comment").value, seconds: seconds(), ...more }, seat });
  keepUnsent();
  seats = seats.slice(1);
  show();
  count(1);
  $("stage").focus({ preventScroll: true });
  send();
}

function answer(verdict) {
  if (!seats.length || document.querySelector(`[data-verdict="${verdict}"]`)?.disabled !== false) return;
  leaveSeat("answer", single ? { verdict, scores: scores.given(), defects: marks.given() } : { verdict });
}

function keepUnsent() {
  sessionStorage.setItem(UNSENT, JSON.stringify(unsent));
}

async function post(door, body) {
  const answered = await fetch(data.doors[door], {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": $("token").elements.csrfmiddlewaretoken.value },
    body: JSON.stringify({ brand: data.brand, kind: data.kind, ...body }),
  });
  if (answered.redirected) location.reload(); // signed out meanwhile
  if (answered.status >= 500 || answered.status === 429) throw new Error(answered.status);
  return { ok: answered.ok, status: answered.status, ...(await answered.json()) };
}

// One at a time and in order; what could not be sent stays and is tried again.
async function send() {
  if (sending) return;
  sending = true;
  try {
    while (unsent.length) {
      const [{ door, body, seat }] = unsent;
      const done = await post(door, { ...body, but: seats.map((each) => each.seat) });
      unsent.shift();
      keepUnsent();
      if (done.ok) {
        last = done.review;
        take(done);
      } else {
        complain(done.problem);
        if (done.status !== 409) { seats.unshift(seat); show(); }
        progress(done.progress);
      }
      if (!seats.length && !unsent.length) show();
    }
    if ($("problem").dataset.lost) complain("");
  } catch {
    complain(`${say("queue.lost")} ${unsent.length} ${say("queue.unsent")}`, true);
    setTimeout(send, 3000);
  } finally {
    sending = false;
    allow();
    if (takesBack) undo();
    takesBack = false;
  }
}

function take(done) {
  asked = true;
  const known = new Set([...seats, ...unsent.map((each) => each.seat)].map((each) => each.seat));
  const first = !seats.length;
  seats.push(...(done.seats ?? []).filter((each) => !known.has(each.seat)));
  progress(done.progress);
  if (first) show();
  else for (const next of seats.slice(1)) for (const picture of next.pictures) load(picture.address);
}

async function undo() {
  if (unsent.length > (sending ? 1 : 0)) { // never left the page
    const { seat } = unsent.pop();
    keepUnsent();
    seats.unshift(seat);
    count(-1);
    show();
    return;
  }
  if (sending) { // as soon as the answer under way has arrived
    takesBack = true;
    return;
  }
  if (!last) return;
  sending = true;
  try {
    const done = await post("undo", { review: last });
    complain(done.ok ? "" : done.problem);
    if (!done.ok) return;
    last = null;
    progress(done.progress);
    seats = [...done.seats, ...seats];
    show();
    tell(say(done.seats.length ? "queue.undone" : "queue.undone.gone"));
  } catch {
    complain(say("queue.lost"), true);
  } finally {
    sending = false;
    allow();
  }
}

// what is said beside the picture

let shownProgress = data.progress;
function progress(now) {
  if (!now) return;
  shownProgress = now;
  const many = now.left >= 1000 ? "1000+" : now.left;
  $("progress").textContent = say("queue.progress").replace("{today}", now.today).replace("{left}", many);
}
const count = (by) => progress({ today: Math.max(shownProgress.today + by, 0), left: Math.max(shownProgress.left - Math.max(by, 0), 0) });

function complain(text, lost = false) {
  const line = $("problem");
  line.textContent = text;
  line.hidden = !text;
  line.dataset.lost = lost ? "1" : "";
}

let quiet = 0;
function tell(text) {
  const told = $("stage-said");
  told.textContent = text;
  told.hidden = false;
  clearTimeout(quiet);
  quiet = setTimeout(() => { if (told.textContent === text) told.hidden = true; }, 2500);
}

// skip, comment, size

function close() {
  for (const [panel, button] of [["reasons", "skip"], ["picker", "mark"]]) {
    if (!$(panel)) continue;
    $(panel).hidden = true;
    $(button).setAttribute("aria-expanded", "false");
  }
}

function toggleReasons() {
  const open = $("reasons").hidden;
  close();
  $("reasons").hidden = !open;
  $("skip").setAttribute("aria-expanded", String(open));
  if (open) $("reasons").querySelector("button").focus();
}

function full() {
  const on = $("stage").classList.toggle("is-full");
  $("full").setAttribute("aria-pressed", String(on));
  $("full").querySelector("span").textContent = say(on ? "queue.fit" : "queue.full");
}

$("skip").addEventListener("click", toggleReasons);
$("undo").addEventListener("click", undo);
$("full").addEventListener("click", full);
for (const button of document.querySelectorAll("[data-verdict]")) button.addEventListener("click", () => answer(button.dataset.verdict));
for (const button of document.querySelectorAll("[data-reason]")) button.addEventListener("click", () => leaveSeat("skip", { reason: button.dataset.reason }));

const VERDICTS = single ? { a: "approve", m: "minor_fix", r: "reject" } : { a: "a", b: "b", t: "tie", n: "neither" };
const KEYS = {
  z: undo,
  f: full,
  ArrowRight: toggleReasons,
  c: () => $("comment").focus(),
  d: () => single && seats.length && marks.open(),
  Escape: close,
};

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.target.closest("input, textarea, select")) {
    if (key === "Escape") { event.target.blur(); close(); }
    return;
  }
  if (!$("reasons").hidden && /^[1-9]$/.test(key)) {
    const reason = $("reasons").querySelectorAll("[data-reason]")[Number(key) - 1];
    if (reason) { event.preventDefault(); reason.click(); }
    return;
  }
  if (single && marks.drawing()) return; // the arrows and Enter are the region's
  const act = VERDICTS[key] ? () => answer(VERDICTS[key]) : KEYS[key] ?? (single ? scores.key(key) : null);
  if (!act) return;
  event.preventDefault();
  act();
});

// leases, and pictures that come while one waits

setInterval(async () => {
  if (document.hidden || !seats.length) return;
  try {
    const held = new Set((await post("keep", { seats: seats.map(({ seat, token }) => ({ seat, token })) })).held);
    const kept = seats.filter((each, at) => at === 0 || held.has(each.seat));
    seats = kept;
  } catch { /* the next answer tells */ }
}, LEASE_PING);

async function more() {
  if (document.hidden || asking || sending || unsent.length || seats.length > 1) return;
  asking = true;
  try {
    take(await post("next", { but: seats.map((each) => each.seat) }));
    if ($("problem").dataset.lost) complain("");
  } catch {
    if (!seats.length) complain(say("queue.lost"), true);
  } finally {
    asking = false;
  }
}
setInterval(more, LOOK_AGAIN);

addEventListener("pagehide", () => {
  if (unsent.length) return;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": $("token").elements.csrfmiddlewaretoken.value };
  fetch(data.doors.leave, { method: "POST", keepalive: true, headers, body: JSON.stringify({ brand: data.brand, kind: data.kind }) }).catch(() => {});
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

progress(data.progress);
show();
if (unsent.length) send().then(more);
else more();
