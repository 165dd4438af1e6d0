// The rubric's dimensions: a line each with its five steps. Keys 1 to 5 score the line in hand and go on to the next one.
const data = JSON.parse(document.getElementById("queue-data").textContent);
const say = (key) => data.say[key];
const place = document.getElementById("scores");
let shown = null; // the rubric whose lines stand there

const lines = () => [...place.querySelectorAll(".score")];

export function begin(rubric) {
  if (!rubric) return;
  if (shown !== rubric) build(rubric);
  for (const input of place.querySelectorAll("input")) input.checked = false;
  hold(0);
  for (const line of lines()) told(line);
}

export const given = () => Object.fromEntries([...place.querySelectorAll("input:checked")].map((input) => [input.name.slice(6), Number(input.value)]));

function build(rubric) {
  shown = rubric;
  place.replaceChildren(...rubric.dimensions.map((each) => {
    const line = document.createElement("fieldset");
    line.className = "score";
    line.dataset.scale = each.scale;
    const name = document.createElement("legend");
    name.textContent = each.name;
    name.title = `1 ${each.low} · 5 ${each.high}`;
    const steps = [1, 2, 3, 4, 5].map((value) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "radio";
      input.name = `score-${each.key}`;
      input.value = value;
      input.setAttribute("aria-label", each.scale === "signed" ? say(`queue.signed.${value}`) : `${value} ${say("queue.score")}`);
      const figure = document.createElement("span");
      figure.textContent = value;
      label.append(input, figure);
      return label;
    });
    const row = document.createElement("div");
    row.className = "steps";
    row.append(...steps);
    const ends = document.createElement("p");
    ends.className = "ends quiet-text";
    const [low, high] = [document.createElement("span"), document.createElement("span")];
    low.textContent = each.low;
    high.textContent = each.high;
    ends.append(low, high);
    line.append(name, row, ends);
    return line;
  }));
}

function hold(at) {
  for (const [i, line] of lines().entries()) line.classList.toggle("is-held", i === at);
  lines()[at]?.scrollIntoView({ block: "nearest" });
}

const held = () => Math.max(lines().findIndex((line) => line.classList.contains("is-held")), 0);

function told(line) {
  line.classList.toggle("is-given", Boolean(line.querySelector("input:checked")));
}

place?.addEventListener("change", (event) => {
  const line = event.target.closest(".score");
  told(line);
  hold(lines().indexOf(line));
  event.target.blur(); // the letters are verdicts again
});

// What a key does here, if anything.
export function key(name) {
  if (name === "ArrowDown") return () => hold(Math.min(held() + 1, lines().length - 1));
  if (name === "ArrowUp") return () => hold(Math.max(held() - 1, 0));
  if (!/^[1-5]$/.test(name)) return null;
  return () => {
    const line = lines()[held()];
    const input = line?.querySelector(`input[value="${name}"]`);
    if (!input) return;
    input.checked = true;
    told(line);
    hold(Math.min(held() + 1, lines().length - 1));
  };
}
