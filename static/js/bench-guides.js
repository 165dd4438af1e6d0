// Guides: where a dragged box's edge or middle meets another's or the canvas's.
import { data } from "./bench.js";

const holder = document.getElementById("guides");

// Shows no guide any more.
export const guides = () => holder.replaceChildren();

// How far a dragged box moves, drawn to the nearest edge or middle within `near`; shows the lines it keeps to.
export function snapped(box, by, others, near) {
  const margin = 0.05 * Math.min(data.width, data.height);
  const lines = [
    [margin, data.width / 2, data.width - margin, ...others.flatMap(([x0, , x1]) => [x0, (x0 + x1) / 2, x1])],
    [margin, data.height / 2, data.height - margin, ...others.flatMap(([, y0, , y1]) => [y0, (y0 + y1) / 2, y1])],
  ];
  guides();
  return by.map((shift, axis) => {
    const [low, high] = [box[axis] + shift, box[axis + 2] + shift];
    let best = null;
    for (const line of lines[axis]) {
      for (const at of [low, (low + high) / 2, high]) {
        if (Math.abs(line - at) < near && (!best || Math.abs(line - at) < Math.abs(best.gap))) best = { gap: line - at, line };
      }
    }
    if (best) guide(axis, best.line);
    return best ? shift + best.gap : shift;
  });
}

function guide(axis, at) {
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  const ends = axis === 0 ? { x1: at, x2: at, y1: 0, y2: data.height } : { x1: 0, x2: data.width, y1: at, y2: at };
  for (const [name, value] of Object.entries(ends)) line.setAttribute(name, value);
  holder.append(line);
}
