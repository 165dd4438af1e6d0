// Stars, rerolls and more like one, on a page of one picture or of a few: by button and by key. What was asked for appears on the wall.
import { addressOf, renew, send, takeBack, undoNow, undoShown } from "./acting.js";
import { panels } from "./panels.js";

const form = document.getElementById("chosen");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  const told = await send(addressOf(form, button), new FormData(form, button), button);
  if (!told) return;
  renew(form);
  if (button.matches(".star-this")) flip(button);
  else for (const panel of panels) panel.open = false;
});

let flipped = null;
function flip(button) {
  flipped = button;
  button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
}
takeBack(() => { if (flipped) flip(flipped); flipped = null; });

function open(name) {
  const panel = document.getElementById(name);
  if (!panel) return;
  panel.open = true;
  (panel.querySelector("input:checked") ?? panel.querySelector("input")).focus();
}

const stars = [...document.querySelectorAll(".star-this")];
const choices = [...form.querySelectorAll("[type=radio][name=a]")]; // beside one another: which picture an act is for
const chosenStar = () => form.querySelector("[name=a]:checked").closest("[data-picture]").querySelector(".star-this");
const KEYS = {
  s: () => (choices.length ? chosenStar() : stars[0]).click(),
  r: () => open("reroll"),
  n: () => open("more"),
  z: () => { if (undoShown()) undoNow(); },
};
addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") for (const panel of panels) panel.open = false;
  if (event.target.closest("textarea, select, input:not([type=checkbox], [name=a])") || event.target.closest(".panel-form")) return;
  const choice = /^[1-4]$/.test(event.key) && choices[Number(event.key) - 1];
  if (choice) {
    choice.checked = true;
    choice.focus();
  } else KEYS[event.key.toLowerCase()]?.();
});
