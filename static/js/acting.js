// Sends a form's act in the background, says what came of it, and offers to take it back for half a minute.
const said = document.getElementById("said");
const words = said.querySelector("span");
const undo = said.querySelector("form");
const HALF_A_MINUTE = 30000;
const busy = new WeakSet();
let going = 0;

export function tell(text, token = "") {
  clearTimeout(going);
  words.textContent = text;
  undo.elements.undo.value = token;
  undo.hidden = !token;
  said.hidden = !text;
  going = setTimeout(() => { said.hidden = true; }, HALF_A_MINUTE);
}

// A fresh token for the form's next sending: what was sent with the old one is done.
export function renew(form) {
  const once = form.elements.namedItem("once");
  if (!once) return;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  once.value = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Where a form goes when that button sends it. (A button's own formAction is the page's address when it names none.)
export const addressOf = (form, button) => (button.hasAttribute("formaction") ? button.formAction : form.action);

// The answer {said, undo, at}, or null where nothing was done; the person is told either way.
export async function send(address, body, button = null) {
  const key = button ?? said;
  if (busy.has(key)) return null;
  busy.add(key);
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.redirected) location.reload(); // signed out meanwhile
    const told = await answer.json();
    tell(told.said ?? told.problem ?? "", told.undo);
    return answer.ok ? told : null;
  } catch {
    tell(said.dataset.lost);
    return null;
  } finally {
    busy.delete(key);
  }
}

export function takeBack(then) {
  undo.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData(undo);
    try {
      const answer = await fetch(undo.action, { method: "POST", body, headers: { Accept: "application/json" } });
      tell(answer.status === 410 ? said.dataset.over : "");
      if (answer.ok) then();
    } catch {
      tell(said.dataset.lost, undo.elements.undo.value);
    }
  });
}

export const undoShown = () => !said.hidden && !undo.hidden;
export const undoNow = () => undo.requestSubmit();
