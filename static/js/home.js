// Keeps Home current while it is seen: every two seconds while something is being made, else every half minute.
const home = document.getElementById("home");
const QUICK = 2000;
const CALM = 30000;
let etag = "";
let timer = 0;

function pace() {
  return Number(home.querySelector("[data-working]")?.dataset.working ?? 0) > 0 ? QUICK : CALM;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(() => (document.hidden ? later() : home.dispatchEvent(new CustomEvent("tick"))), pace());
}

home.addEventListener("htmx:config:request", (event) => {
  if (etag) event.detail.ctx.request.headers["If-None-Match"] = etag;
});
home.addEventListener("htmx:after:request", (event) => {
  const { response } = event.detail.ctx;
  if (response.raw.redirected) location.reload(); // signed out meanwhile
  if (response.status === 200) etag = response.headers.get("ETag") ?? "";
  later();
});
home.addEventListener("htmx:error", later);
document.addEventListener("visibilitychange", () => { if (!document.hidden) home.dispatchEvent(new CustomEvent("tick")); });
later();
