// The specimen beside a brand's draft redraws as values change; pickers and their text move together; a chosen logo is shown at once.
// Without this script the form saves and the page draws anew.
const form = document.getElementById("draft");
const seen = document.getElementById("seen");
const PAUSE = 300; // ms
const MOST = 200000; // bytes of a drawing that is shown before it is saved
const HEX = /^#[0-9a-f]{6}$/i;
const chosen = new Map(); // by ground, the address of a logo that is not saved yet
let timer = 0;
let stop = new AbortController();

// Chosen drawings go along as text (a PNG as a data address), so that they stand on the brand's grounds before they are saved.
async function body() {
  const sent = new FormData(form);
  for (const input of form.querySelectorAll("input[type=file]")) {
    sent.delete(input.name);
    const file = "logoFile" in input.dataset && input.files[0];
    const name = input.name.replace(/file$/, "drawing");
    if (file && file.size < MOST) sent.set(name, file.type === "image/png" ? await address(file) : await file.text());
  }
  return sent;
}

const address = (file) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result));
    reader.addEventListener("error", failed);
    reader.readAsDataURL(file);
  });

// The stylesheet first, so that no colour is missing for a moment.
function styled(link) {
  return new Promise((done) => {
    link.addEventListener("load", done, { once: true });
    link.addEventListener("error", done, { once: true });
    document.head.append(link);
  });
}

async function redraw() {
  stop.abort();
  stop = new AbortController();
  const { signal } = stop;
  seen.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.preview, { method: "POST", body: await body(), signal });
    if (!answer.ok) return;
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    const link = drawn.querySelector("link");
    const address = link.getAttribute("href");
    link.remove();
    if (!document.head.querySelector(`link[href="${address}"]`)) await styled(document.importNode(link, true));
    if (signal.aborted) return;
    seen.replaceChildren(...[...drawn.body.childNodes].map((node) => document.importNode(node, true)));
    showChosen();
    const told = new Set([...seen.querySelectorAll(".to-do li")].map((item) => item.textContent.trim()));
    for (const note of form.querySelectorAll(".notes:not([data-keep]) li")) if (!told.has(note.textContent.trim())) note.remove(); // mended meanwhile
  } catch (error) {
    if (error.name !== "AbortError") return; // away for a moment: the next change asks again
  } finally {
    if (!signal.aborted) seen.removeAttribute("aria-busy");
  }
}

function showChosen() {
  for (const [ground, address] of chosen) {
    for (const image of document.querySelectorAll(`[data-logo="${ground}"], [data-logo-of="${ground}"]`)) {
      image.src = address;
      image.hidden = false;
      image.parentElement.querySelector("[data-no-logo]")?.remove();
    }
  }
}

function together(input) {
  const row = input.closest(".colour-row");
  if (!row) return;
  const text = row.querySelector("[name$='.hex']");
  const picker = row.querySelector("[type=color]");
  if (input === picker) text.value = picker.value.toUpperCase();
  else if (input === text && HEX.test(text.value.trim())) picker.value = text.value.trim().toLowerCase();
}

form.addEventListener("input", (event) => {
  together(event.target);
  clearTimeout(timer);
  timer = setTimeout(redraw, PAUSE);
});

form.addEventListener("change", (event) => {
  const ground = event.target.dataset.logoFile;
  const file = ground && event.target.files[0];
  if (!file) return;
  if (chosen.has(ground)) URL.revokeObjectURL(chosen.get(ground));
  chosen.set(ground, URL.createObjectURL(file));
  showChosen();
});
