// Headlines to choose from, asked for segment by segment. Whoever proposed them is named, what a rule forbids never comes here, and
// nothing stands in the form before somebody chose it.
const form = document.getElementById("brief");
const { say, headlines: address } = JSON.parse(document.getElementById("form-help").textContent);
const $ = (id) => document.getElementById(id);
const MOST = 6; // segments asked for at once
let stop = new AbortController();

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function segments() {
  const names = form.elements.segments.value.split("\n").map((line) => line.replace("：", ":").split(":")[0].trim()).filter(Boolean);
  return names.length ? names.slice(0, MOST) : [""];
}

function line(text) {
  const item = document.createElement("li");
  const use = element("button", text, "button");
  use.type = "button";
  use.setAttribute("aria-pressed", String(form.elements.headline.value === text));
  use.addEventListener("click", () => form.dispatchEvent(new CustomEvent("fill", { detail: { headline: text } })));
  item.append(use);
  return item;
}

function group(whom, found) {
  const made = element("section", "", "proposed");
  const title = element("h3", whom || say["propose.everybody"]);
  title.append(" ", element("span", found.source ? `${say["propose.model"]} ${found.source}` : say["propose.grammar"], "chip"));
  const list = element("ul", "", "coming");
  list.append(...found.lines.map(line));
  made.append(title, list);
  if (found.why) made.append(element("p", found.why, "hint"));
  if (found.held) made.append(element("p", `${found.held} ${say["propose.held"]}`, "hint"));
  if (!found.lines.length) made.append(element("p", say["propose.none"], "hint"));
  return made;
}

async function ask(whom, signal) {
  const sent = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]")) sent.delete(input.name);
  sent.set("segment", whom);
  const response = await fetch(address, { method: "POST", body: sent, signal });
  if (!response.ok || response.redirected) throw new Error(String(response.status));
  return response.json();
}

async function propose() {
  stop.abort();
  stop = new AbortController();
  const { signal } = stop;
  $("proposals").replaceChildren();
  try {
    for (const whom of segments()) {
      $("propose-said").textContent = say["propose.asking"];
      const found = await ask(whom, signal);
      if (signal.aborted) return;
      $("proposals").append(group(whom, found));
    }
    $("propose-said").textContent = say["propose.choose"];
  } catch (error) {
    if (error.name !== "AbortError") $("propose-said").textContent = say["propose.failed"];
  }
}

$("propose").addEventListener("click", propose);
form.addEventListener("propose", propose);
form.addEventListener("input", () => {
  for (const use of $("proposals").querySelectorAll("button")) use.setAttribute("aria-pressed", String(use.textContent === form.elements.headline.value));
});
