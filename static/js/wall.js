// Keeps the wall current while the page is seen: the studio tells by an event stream when something moved, and the page asks for its
// moving part. Where no stream can be had the page asks every second while jobs wait. It says so when the connection is gone.
const live = document.getElementById("live");
const offline = document.getElementById("offline");
const PACE = 1000;
const PATIENCE = 15000;
const SELDOM = 10000; // while the stream tells what moves: what only time changes (the estimate, whether workers answer)
let etag = "";
let pause = PACE;
let stream = null;
let told = false; // whether the stream tells what moves
let asked = 0;
let asking = false;
let again = false; // something moved while the answer was under way

function moving() {
  const state = document.getElementById("state").dataset;
  return Number(state.waiting) > 0 || "undoable" in state; // the offer to undo goes away by itself
}

function ask() {
  again = asking && performance.now() - asked < SELDOM;
  if (!again) live.dispatchEvent(new CustomEvent("tick"));
}

function listen() {
  if (document.hidden) return; // a browser has few connections for one studio: pages that are not seen hold none
  stream = new EventSource(live.dataset.events);
  stream.addEventListener("listen", () => { told = true; ask(); });
  stream.addEventListener("moved", ask);
  stream.addEventListener("poll", () => { told = false; });
  stream.addEventListener("over", () => { leave(); ask(); });
  stream.addEventListener("error", () => { told = false; }); // it comes back by itself, but where there is nothing to listen to
}

function leave() {
  stream?.close();
  stream = null;
  told = false;
}

function tick() {
  if (moving() && !document.hidden && (!told || performance.now() - asked > SELDOM)) ask();
  setTimeout(tick, pause);
}

live.addEventListener("htmx:config:request", (event) => {
  const request = event.detail.ctx.request;
  asked = performance.now();
  asking = true;
  if (etag && request.method === "GET") request.headers["If-None-Match"] = etag;
});

live.addEventListener("htmx:after:request", (event) => {
  const response = event.detail.ctx.response;
  if (response.raw.redirected) location.reload(); // signed out meanwhile
  etag = response.status === 200 ? response.headers.get("ETag") ?? "" : etag;
  offline.hidden = response.status < 500;
  pause = PACE;
  asking = false;
  if (again) ask();
});

live.addEventListener("htmx:error", () => {
  asking = again = false;
  offline.hidden = false;
  pause = Math.min(pause * 2, PATIENCE);
});

document.addEventListener("visibilitychange", () => {
  leave();
  if (document.hidden) return;
  ask();
  listen();
});
addEventListener("pagehide", leave);
addEventListener("pageshow", (event) => { if (event.persisted) listen(); });

const DRAFT = "vermilion.draft.brief";
if (sessionStorage.getItem(DRAFT) === "sent") {
  localStorage.removeItem(DRAFT); // the brief arrived: its draft is done
  sessionStorage.removeItem(DRAFT);
}

listen();
setTimeout(tick, PACE);
