// What can be done on the wall without leaving it, by button and by key.
import { addressOf, renew, send, takeBack, undoNow, undoShown } from "./acting.js";
import { none, pick, selected } from "./wall-select.js";

const live = document.getElementById("live");
const form = document.getElementById("chosen");
const more = document.getElementById("more");
const reroll = document.getElementById("reroll");
const again = () => live.dispatchEvent(new CustomEvent("tick"));

// Acts: the chosen form's buttons, wherever they stand, and the forms beside the progress.
document.addEventListener("submit", async (event) => {
  const act = event.target;
  const button = event.submitter;
  if (act === form) {
    event.preventDefault();
    if (button.id === "compare") location.assign(`${button.formAction}?${selected().map((id) => `a=${id}`).join("&")}`);
    else await chosen(button);
  } else if (act.classList.contains("act")) {
    event.preventDefault();
    await send(act.action, new FormData(act), button);
    again();
  }
});

async function chosen(button) {
  const body = new FormData(form, button);
  const address = button.id === "more-go" ? button.dataset.action.replace("/0/", `/${selected()[0]}/`) : addressOf(form, button);
  const made = button.id === "reroll-go" || button.id === "more-go";
  const told = await send(address, body, button);
  if (!told) return;
  renew(form);
  if (made) {
    for (const panel of [reroll, more]) panel.open = false;
    none();
    if (told.at) awaited = told.at;
  }
  again();
}

// What was asked for last is brought into view once, when its tile is there.
let awaited = "";
live.addEventListener("htmx:after:swap", () => {
  const tile = awaited && document.getElementById(awaited);
  if (!tile) return;
  awaited = "";
  tile.scrollIntoView({ block: "nearest" });
});
takeBack(again);

// Keys. They act on the tile in focus, or under the pointer.
const tiles = () => [...live.querySelectorAll(".tile")];
const current = () => document.activeElement?.closest(".tile") ?? live.querySelector(".tile:hover");

function go(tile) {
  const frame = tile?.querySelector(".frame a, .frame[tabindex]");
  frame?.focus({ preventScroll: true });
  frame?.scrollIntoView({ block: "nearest" });
}

function beside(step) {
  const all = tiles();
  const at = all.indexOf(document.activeElement?.closest(".tile"));
  go(at < 0 ? all[0] : all[at + step]);
}

// The nearest tile of the next row, or of the one before.
function below(down) {
  const here = document.activeElement?.closest(".tile");
  if (!here) return beside(0);
  const from = here.getBoundingClientRect();
  const middle = from.left + from.width / 2;
  const rows = tiles().map((tile) => [tile, tile.getBoundingClientRect()]);
  const there = rows.filter(([, box]) => (down ? box.top >= from.bottom - 1 : box.bottom <= from.top + 1));
  if (!there.length) return undefined;
  const edge = down ? Math.min(...there.map(([, box]) => box.top)) : Math.max(...there.map(([, box]) => box.bottom));
  const row = there.filter(([, box]) => Math.abs((down ? box.top : box.bottom) - edge) < from.height / 2);
  const far = ([, box]) => Math.abs(box.left + box.width / 2 - middle);
  return go(row.reduce((best, each) => (far(each) < far(best) ? each : best))[0]);
}

function select(event) {
  const box = current()?.querySelector(".pick input");
  if (box) pick(box, event.shiftKey || !box.checked, event.shiftKey);
}

function open(panel) {
  if (!panel) return;
  const box = current()?.querySelector(".pick input");
  if (!selected().length && box) pick(box, true);
  if (panel.classList.contains("is-off")) return;
  panel.open = true;
  (panel.querySelector("input:checked") ?? panel.querySelector("input")).focus();
}

function star() {
  if (selected().length) document.getElementById("star").click();
  else current()?.querySelector(".star")?.click();
}

const press = (query, within = document) => () => within()?.querySelector(query)?.click();
const page = () => document;
const KEYS = {
  ArrowRight: () => beside(1),
  ArrowLeft: () => beside(-1),
  ArrowDown: () => below(true),
  ArrowUp: () => below(false),
  x: select,
  s: star,
  c: () => document.getElementById("compare").click(),
  r: () => open(reroll),
  m: () => open(more),
  a: press("#move-ahead", page),
  b: press("#orders a:not([aria-current])", page),
  t: () => (current()?.querySelector("[data-retry]") ?? document.getElementById("retry-all"))?.click(),
  Delete: press("[data-cancel]", current),
  z: () => (undoShown() ? undoNow() : document.getElementById("undo-cancel")?.click()),
  "?": () => { const keys = document.getElementById("keys"); keys.open = !keys.open; keys.scrollIntoView({ block: "nearest" }); },
};
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    const panel = [reroll, more].find((each) => each?.open);
    if (panel) {
      panel.open = false;
      panel.querySelector("summary").focus();
    } else none();
    return;
  }
  if (event.target.closest("textarea, select, input:not([type=checkbox])") || event.target.closest(".panel-form")) return;
  const key = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!key) return;
  if (event.key.startsWith("Arrow")) event.preventDefault();
  key(event);
});
