// Copying what is shown once; a client's name kept on their device; pointing at a place on a picture.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = button.previousElementSibling;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // plain http: the clipboard is for secure pages
    }
    button.querySelector("span").textContent = field.dataset.copied;
  });
}

const KEY = "vermilion.client.name";
const names = document.querySelectorAll("[data-client-name]");
for (const field of names) {
  try {
    field.value ||= localStorage.getItem(KEY) ?? "";
    field.addEventListener("change", () => {
      localStorage.setItem(KEY, field.value);
      for (const other of names) other.value ||= field.value;
    });
  } catch {
    break; // private windows may refuse; the form works without
  }
}

function pin(area, x, y, kind) {
  const mark = document.createElement("span");
  mark.className = `pin ${kind}`;
  mark.style.left = `${x * 100}%`;
  mark.style.top = `${y * 100}%`;
  area.append(mark);
  return mark;
}

for (const area of document.querySelectorAll("[data-point]")) {
  const form = document.getElementById(area.dataset.point);
  let current;
  area.classList.add("is-live");
  for (const said of area.closest("article").querySelectorAll(".comment[data-x]")) pin(area, said.dataset.x, said.dataset.y, "is-old");
  area.addEventListener("click", (event) => {
    const box = area.getBoundingClientRect();
    const x = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const y = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
    form.elements.x.value = x.toFixed(4);
    form.elements.y.value = y.toFixed(4);
    current?.remove();
    current = pin(area, x, y, "is-new");
    form.querySelector("[data-pointed]").hidden = false;
    form.elements.text.focus();
  });
}
