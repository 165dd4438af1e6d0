// Many reference pictures at once: each is sent by itself while a bar counts, and joins the list; nothing is in the draft until it is saved.
// Without this script the form takes them when it is saved.
const form = document.getElementById("draft");
const rows = document.getElementById("reference-rows");
const input = document.getElementById("t-references");
const taking = document.getElementById("taking");
const bar = document.getElementById("taking-bar");
const said = taking.querySelector("[data-taking]");
const notes = document.getElementById("n-references-new");
let waiting = [];
let done = 0;
let running = false;
let next = rows.children.length;

const changed = () => form.dispatchEvent(new Event("input", { bubbles: true }));

function told(file, words) {
  const line = document.createElement("li");
  line.textContent = `${file.name}: ${words}`;
  notes.append(line);
}

function count() {
  const all = done + waiting.length;
  bar.max = Math.max(all, 1);
  bar.value = done;
  said.textContent = `${said.dataset.taking} ${done} / ${all}`;
}

async function send(file) {
  const body = new FormData();
  body.set("file", file);
  body.set("place", next);
  body.set("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
  const answer = await fetch(input.dataset.add, { method: "POST", body });
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  const row = drawn.querySelector(".reference-row");
  if (answer.ok && row) {
    rows.append(document.importNode(row, true));
    next += 1;
  } else told(file, drawn.body.textContent.trim().slice(0, 300));
}

async function work() {
  running = true;
  taking.hidden = false;
  while (waiting.length) {
    count();
    const file = waiting[0];
    try {
      await send(file);
    } catch {
      told(file, "–"); // the connection dropped: it can be chosen again
    }
    waiting = waiting.slice(1);
    done += 1;
  }
  count();
  running = false;
  done = 0;
  taking.hidden = true;
  changed();
}

input.addEventListener("change", () => {
  notes.replaceChildren();
  waiting = [...waiting, ...input.files];
  input.value = "";
  if (!running && waiting.length) work();
});

// Order and removal happen on the page; the order of the rows is what the form sends.
rows.addEventListener("click", (event) => {
  const button = event.target.closest("button[name]");
  if (!button) return;
  const row = button.closest(".reference-row");
  event.preventDefault();
  if (button.name === "remove-reference") {
    (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("button")?.focus();
    row.remove();
  } else {
    const up = button.value.endsWith(":up");
    const other = up ? row.previousElementSibling : row.nextElementSibling;
    if (other) rows.insertBefore(up ? row : other, up ? other : row);
    button.focus();
  }
  changed();
});
