// Filling the form from what is pasted. It only fills: the person looks it over, may put back what was there, and submits.
const form = document.getElementById("brief");
const { say, pasted } = JSON.parse(document.getElementById("form-help").textContent);
const $ = (id) => document.getElementById(id);
let before = null;

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function state() {
  return [...form.elements].filter((e) => e.name && e.type !== "file" && e.name !== "csrfmiddlewaretoken").map((e) => [e, e.value, e.checked]);
}

function changed() {
  form.dispatchEvent(new Event("input", { bubbles: true })); // kept, checked and fitted as if it had been typed
}

function setFormats(names) {
  const boxes = [...form.querySelectorAll("[name=formats]")];
  for (const box of boxes) box.checked = names.includes(box.value);
  form.elements.other_formats.value = names.filter((name) => !boxes.some((box) => box.value === name)).join(", ");
}

function fill(fields) {
  before = state();
  form.querySelector("[name=tab][value=form]").checked = true;
  for (const [name, value] of Object.entries(fields)) {
    if (name === "formats") setFormats(value.split(","));
    else if (form.elements[name]) {
      form.elements[name].value = value;
      form.elements[name].closest(".field")?.setAttribute("data-touched", "");
      const section = form.elements[name].closest("details");
      if (section) section.open = true;
    }
  }
  $("paste-undo").hidden = false;
  changed();
}

function row({ fields, left }) {
  const item = document.createElement("li");
  const list = document.createElement("dl");
  for (const [name, value] of Object.entries(fields)) {
    const label = form.querySelector(`label[for="f-${name}"]`)?.textContent ?? (name === "formats" ? say["paste.formats"] : name);
    list.append(element("dt", label), element("dd", value));
  }
  item.append(list);
  if (left.length) item.append(element("p", `${say["paste.left"]} ${left.join(" · ")}`, "left"));
  if (!Object.keys(fields).length) return item;
  const use = element("button", say["paste.use"], "button");
  use.type = "button";
  use.addEventListener("click", () => {
    fill(fields);
    $("paste-said").textContent = say["paste.used"];
  });
  item.append(use);
  return item;
}

async function read() {
  const sent = new FormData();
  sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  sent.set("text", $("paste-text").value);
  $("paste-rows").replaceChildren();
  try {
    const response = await fetch(pasted, { method: "POST", body: sent });
    const told = await response.json();
    if (told.problem) throw new Error(told.problem);
    $("paste-said").textContent = told.rows.some((each) => Object.keys(each.fields).length) ? "" : say["paste.none"];
    $("paste-rows").replaceChildren(...told.rows.map((each) => row(each)));
  } catch (error) {
    $("paste-said").textContent = error.message === say["paste.too_much"] ? error.message : say["paste.failed"];
  }
}

$("paste-read").addEventListener("click", read);
$("paste-undo").addEventListener("click", () => {
  for (const [input, value, checked] of before ?? []) Object.assign(input, ["checkbox", "radio"].includes(input.type) ? { checked } : { value });
  $("paste-undo").hidden = true;
  $("paste-said").textContent = "";
  changed();
});

form.addEventListener("fill", (event) => fill(event.detail));

// occasions

function choose(button) {
  fill(JSON.parse(button.dataset.fill));
  for (const other of document.querySelectorAll("[data-fill]")) other.setAttribute("aria-pressed", String(other === button));
  form.dispatchEvent(new CustomEvent("propose"));
}

for (const button of document.querySelectorAll("[data-fill]")) button.addEventListener("click", () => choose(button));
const wanted = document.querySelector("[data-fill][data-wanted]"); // the page was opened from a calendar
if (wanted) addEventListener("load", () => choose(wanted));
