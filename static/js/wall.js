// Keeps the wall current: asks for its moving part while jobs wait and the page is seen, and says so when the connection is gone.
const live = document.getElementById("live");
const offline = document.getElementById("offline");
const PACE = 1000;
const PATIENCE = 15000;
let etag = "";
let pause = PACE;

function moving() {
  const state = document.getElementById("state").dataset;
  return Number(state.waiting) > 0 || "undoable" in state; // the offer to undo goes away by itself
}

function tick() {
  if (moving() && !document.hidden) live.dispatchEvent(new CustomEvent("tick"));
  setTimeout(tick, pause);
}

live.addEventListener("htmx:config:request", (event) => {
  const request = event.detail.ctx.request;
  if (etag && request.method === "GET") request.headers["If-None-Match"] = etag;
});

live.addEventListener("htmx:after:request", (event) => {
  const response = event.detail.ctx.response;
  if (response.raw.redirected) location.reload(); // signed out meanwhile
  etag = response.status === 200 ? response.headers.get("ETag") ?? "" : etag;
  offline.hidden = response.status < 500;
  pause = PACE;
});

live.addEventListener("htmx:error", () => {
  offline.hidden = false;
  pause = Math.min(pause * 2, PATIENCE);
});

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && moving()) live.dispatchEvent(new CustomEvent("tick"));
});

const DRAFT = "vermilion.draft.brief";
if (sessionStorage.getItem(DRAFT) === "sent") {
  localStorage.removeItem(DRAFT); // the brief arrived: its draft is done
  sessionStorage.removeItem(DRAFT);
}

setTimeout(tick, PACE);
