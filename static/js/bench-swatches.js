// Swatches of the brand, beside what is chosen.
const holder = document.getElementById("swatches");

// The brand's colours to choose from; `now` is the element's own.
export function showSwatches(palette, now, choose) {
  const of = palette.map(({ color }) => color).join();
  if (holder.dataset.of === of && holder.children.length) {
    for (const swatch of holder.children) swatch.setAttribute("aria-pressed", String(swatch.value === now));
    return;
  }
  holder.dataset.of = of;
  holder.replaceChildren(...palette.map(({ color, name }) => {
    const swatch = document.createElement("button");
    swatch.type = "button";
    swatch.value = color;
    swatch.title = name ? `${name[document.documentElement.lang.slice(0, 2)]} ${color}` : color;
    swatch.setAttribute("aria-label", swatch.title);
    swatch.setAttribute("aria-pressed", String(color === now));
    swatch.style.backgroundColor = color;
    swatch.addEventListener("click", () => choose(color));
    return swatch;
  }));
}
