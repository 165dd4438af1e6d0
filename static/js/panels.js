// The panels of what to make from chosen pictures: one open at a time, none after a click elsewhere. Where all four locks are set
// nothing would change, and the page says so before anybody asks.
const form = document.getElementById("chosen");
export const panels = [...form.querySelectorAll("details.choose")];
const keeps = [...form.querySelectorAll("[name=keep]")];

function locks() {
  const all = keeps.every((box) => box.checked);
  form.querySelector("[data-all]").hidden = !all;
  document.getElementById("reroll-go").disabled = all;
}
for (const box of keeps) box.addEventListener("change", locks);
if (keeps.length) locks();

for (const panel of panels) {
  panel.addEventListener("toggle", () => {
    if (panel.open) for (const other of panels) if (other !== panel) other.open = false;
  });
}
document.addEventListener("click", (event) => {
  for (const panel of panels) if (!panel.contains(event.target)) panel.open = false;
});
