// Copy fitted while it is typed: each chosen format is asked for by itself, one after the other, so that answers come in as they
// are found and a new keystroke stops the rest. The form never waits for it.
const form = document.getElementById("brief");
const { say, fit: address } = JSON.parse(document.getElementById("form-help").textContent);
const PAUSE = 300; // ms after the problems are asked for
const AGAIN = 8000; // ms until it is tried again when nobody answers
const MOST = 3; // sentences beside one field
const notes = new Map(); // by format, what was last found
let turn = 0;
let timer = 0;
let asked = "";
let stop = new AbortController();

const boxes = () => [...form.querySelectorAll(".shape input")];

function chosen() {
  const others = form.elements.other_formats.value.split(/[,，;；、\s]+/).map((name) => name.replace(/[×*]/g, "x"));
  return [...boxes().filter((box) => box.checked).map((box) => box.value), ...others.filter(Boolean)];
}

function body(format) {
  const sent = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]")) sent.delete(input.name);
  if (format) sent.set("fit", format);
  return sent;
}

function mark(format, state, text) {
  const shape = boxes().find((box) => box.value === format)?.closest(".shape");
  if (!shape) return;
  let word = shape.querySelector(".fit");
  if (!word) {
    word = document.createElement("span");
    word.className = "fit";
    shape.append(word);
  }
  shape.dataset.fit = state;
  word.textContent = text ?? say[`fit.${state}`] ?? "";
  shape.title = notes.get(format)?.words ?? "";
}

function beside(slot) {
  const problems = document.getElementById(`problems-${slot}`) ?? document.getElementById("problems-copy");
  let list = problems.parentElement.querySelector(".fit-notes");
  if (!list) {
    list = document.createElement("ul");
    list.className = "fit-notes";
    list.setAttribute("aria-live", "polite");
    problems.after(list);
  }
  return list;
}

function line(text, status) {
  const item = document.createElement("li");
  item.textContent = text;
  item.dataset.fit = status;
  return item;
}

function write() {
  const slots = Map.groupBy([...notes.values()].filter((found) => found.words), (found) => found.slot);
  for (const list of form.querySelectorAll(".fit-notes")) if (![...slots.keys()].some((slot) => beside(slot) === list)) list.replaceChildren();
  for (const [slot, all] of slots) {
    const worst = all.toSorted((a, b) => (b.status === "breaks") - (a.status === "breaks") || b.excess_px - a.excess_px);
    const items = worst.slice(0, MOST).map((found) => line(found.words, found.status));
    if (worst.length > MOST) items.push(line(`+${worst.length - MOST} ${say["fit.more"]}`, "more"));
    beside(slot).replaceChildren(...items);
  }
}

function away(message) {
  for (const shape of form.querySelectorAll(".shape[data-fit=trying]")) {
    delete shape.dataset.fit;
    shape.querySelector(".fit").textContent = "";
  }
  document.getElementById("fit-away").textContent = message;
}

function clear() {
  notes.clear();
  for (const box of boxes()) if (box.closest(".shape").dataset.fit) mark(box.value, "", "");
  write();
}

async function fitOne(format, mine) {
  const response = await fetch(address, { method: "POST", body: body(format), signal: stop.signal });
  if (mine !== turn) return false; // something newer was asked for meanwhile
  if (response.status === 204) {
    notes.delete(format);
    mark(format, "", "");
  } else if (response.ok && !response.redirected) {
    const found = await response.json();
    if (mine !== turn) return false;
    if (found.away) throw new Error(found.away);
    notes.set(format, found);
    mark(format, found.status, found.status === "breaks" && found.excess_px >= 1 ? `+${Math.round(found.excess_px)} px` : undefined);
  } else throw new Error(String(response.status));
  write();
  return true;
}

async function fitAll() {
  const now = new URLSearchParams([...body()].filter(([name]) => name !== "csrfmiddlewaretoken")).toString();
  if (now === asked) return;
  stop.abort();
  stop = new AbortController();
  const mine = ++turn;
  const formats = chosen();
  asked = now;
  for (const name of [...notes.keys()]) if (!formats.includes(name)) notes.delete(name);
  for (const box of boxes()) if (!box.checked) mark(box.value, "", "");
  if (!form.elements.headline.value && !form.elements.price.value && !form.elements.subline.value && form.elements.tab.value === "form") return clear();
  try {
    for (const format of formats) {
      if (!notes.has(format)) mark(format, "trying");
      if (!(await fitOne(format, mine))) return;
    }
    away("");
  } catch (error) {
    if (error.name === "AbortError" || mine !== turn) return;
    asked = "";
    away(say["fit.away"]);
    timer = setTimeout(fitAll, AGAIN);
  }
}

form.addEventListener("check", () => {
  clearTimeout(timer);
  timer = setTimeout(fitAll, PAUSE);
});
