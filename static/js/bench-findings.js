// What is wrong: preflight's findings on the picture as it is now, listed and drawn on it, and what the studio refused.
import { data } from "./bench.js";

const $ = (id) => document.getElementById(id);

export function listFindings(found) {
  const list = $("findings");
  list.replaceChildren(...found.map((finding, i) => {
    const line = document.createElement("li");
    line.tabIndex = 0;
    line.className = finding.severity;
    line.dataset.shows = `f${i + 1}`;
    const chip = document.createElement("span");
    chip.className = `chip ${finding.severity}`;
    chip.textContent = data.say[`severity.${finding.severity}`];
    line.append(chip, ` ${finding.words}`);
    return line;
  }));
  for (const old of document.querySelectorAll("#marks [data-mark^='f']")) old.remove();
  for (const [i, finding] of found.entries()) {
    if (!finding.box) continue;
    const [x0, y0, x1, y1] = finding.box;
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ x: x0, y: y0, width: Math.max(x1 - x0, 0), height: Math.max(y1 - y0, 0) })) rect.setAttribute(name, value);
    rect.setAttribute("class", `mark ${finding.severity}`);
    rect.dataset.mark = `f${i + 1}`;
    $("marks").prepend(rect);
  }
  $("found-none").hidden = found.length > 0;
  $("found-hint").hidden = !found.length;
  $("found-live").hidden = false;
}

// What is wrong with the words stands under their field, everything else above the buttons.
export function complain(words, ofWords = false) {
  for (const [line, own] of [[$("words-problem"), ofWords], [$("problem"), !ofWords]]) {
    const text = own ? words : "";
    line.hidden = !text;
    if (line.textContent !== text) line.textContent = text;
  }
  $("words").setAttribute("aria-invalid", String(Boolean(words && ofWords)));
}
