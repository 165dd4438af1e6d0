// The brief's form: problems as you type, nothing lost on reload, and who comes back after sending finds what they sent.
const form = document.getElementById("brief");
const KEY = `vermilion.draft.${form.dataset.draft}`;
const SENT = `${KEY}.as-sent`;
const files = [...form.querySelectorAll("input[type=file]")].map((input) => input.name);
const SKIPPED = new Set(["csrfmiddlewaretoken", "once", ...files]);
let timer;

function fields() {
  return [...new FormData(form)].filter(([name, value]) => !SKIPPED.has(name) && typeof value === "string");
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(fields()));
  } catch {
    // private windows may refuse; the form works without
  }
}

// What was sent from here, with its token: sent unchanged once more, it is still the same brief.
function cameBack() {
  if (performance.getEntriesByType("navigation")[0]?.type !== "back_forward") return null;
  const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
  if (sent) form.elements.once.value = sent.once;
  return sent?.fields;
}

function restore() {
  if ("sent" in form.dataset) return;
  const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") ?? cameBack();
  if (!kept) return;
  const values = new Map();
  for (const [name, value] of kept) values.set(name, [...(values.get(name) ?? []), value]);
  for (const element of form.elements) {
    if (!element.name || SKIPPED.has(element.name)) continue;
    const value = values.get(element.name) ?? [];
    if (element.type === "checkbox" || element.type === "radio") element.checked = value.includes(element.value);
    else if (value.length && (element.tagName !== "SELECT" || [...element.options].some((o) => o.value === value[0]))) element.value = value[0];
  }
}

function touch(element) {
  element.closest(".field")?.setAttribute("data-touched", "");
}

function changed(event) {
  if (event.type === "change") touch(event.target);
  if (event.target.name === "product") document.getElementById("problems-subject-image").replaceChildren(); // said of another file
  keep();
  clearTimeout(timer);
  timer = setTimeout(() => form.dispatchEvent(new CustomEvent("check")), 350);
}

form.addEventListener("htmx:config:request", (event) => {
  for (const name of files) event.detail.ctx.request.body.delete(name); // checked when they are sent, not at every key
});
form.addEventListener("input", (event) => {
  if (event.target.value?.length > 60) touch(event.target);
  changed(event);
});
form.addEventListener("change", changed);
form.addEventListener("click", (event) => {
  const swap = event.target.closest("[data-swap]");
  if (!swap) return;
  const box = form.elements[swap.dataset.swap.replace("copy.", "")];
  box.value = box.value.replace(swap.dataset.matched, () => swap.dataset.instead);
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
});
form.addEventListener("focusout", (event) => event.target.value && touch(event.target));
form.addEventListener("submit", () => {
  sessionStorage.setItem(KEY, "sent");
  sessionStorage.setItem(SENT, JSON.stringify({ once: form.elements.once.value, fields: fields() }));
});

sessionStorage.removeItem(KEY); // still here: it was not accepted
restore();
form.querySelector(".problems li")?.closest(".field")?.scrollIntoView({ block: "center" });
addEventListener("load", () => form.dispatchEvent(new CustomEvent("check")));
