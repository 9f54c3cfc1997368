/** The map of the cost contour widget: heights, path, arrows, the start that can be dragged and the mark of a guess. */

import { s, set } from "../shared/dom.js";
import { landscape } from "../shared/landscape.js";
import { plot } from "../shared/plot.js";

const WIDTH = 460;
const MARGIN = { left: 52, right: 12, top: 12, bottom: 42 };
const NEAR = 18; // pixels around the start in which it is taken hold of
const ARROW = { least: 26, most: 110, head: 10 }; // pixels
const APART = 9; // pixels between two dots of a path; nearer ones would run together

/** @typedef {[number, number]} Point */

/**
 * @param {{w: Point, b: Point}} range
 * @param {Point} home where most walks start
 * @param {(at: {x: number, y: number}) => void} onStart called while the start is dragged
 * @param {(at: {x: number, y: number}) => void} onMark called while the mark of a guess is set
 */
export function costMap(range, home, onStart, onMark) {
  const across = WIDTH - MARGIN.left - MARGIN.right;
  // One unit is as long upwards as across, so that what is at right angles looks it; unless the map grew too odd.
  const ratio = (range.b[1] - range.b[0]) / (range.w[1] - range.w[0]);
  const isTrue = ratio > 0.5 && ratio < 1.4;
  const map = plot({
    width: WIDTH,
    height: MARGIN.top + MARGIN.bottom + across * (isTrue ? ratio : 0.8),
    x: range.w,
    y: range.b,
    xLabel: "weight w",
    yLabel: "bias b",
    label: "Map of the cost over weight and bias, white low and black high, with the path of descent",
    margin: MARGIN,
  });
  const ground = landscape(map);
  const rim = s("path", { class: "lw-cc-rim" });
  const path = s("path", { class: "lw-cc-path" });
  const dots = s("path", { class: "lw-cc-dots" });
  const own = s("path", { class: "lw-cc-own" });
  const arrow = s("path", { class: "lw-cc-arrow" });
  const mark = s("path", { class: "lw-cc-mark", d: "M-7-7 7 7M-7 7 7-7" });
  const start = s("circle", { class: "lw-handle lw-cc-start", r: 9 });
  const here = s("circle", { class: "lw-cc-here", r: 6 });
  const rims = [own, arrow].map((node) => s("path", { class: "lw-cc-rim", "data-of": node.classList[0] }));
  map.marks.append(rim, path, dots, ...rims, own, arrow, here);
  map.over.append(start, mark);

  let guessing = false;
  let taken = onStart;
  map.drag((at, event) => {
    if (event.type === "pointerdown") {
      const grip = start.getBoundingClientRect();
      const middle = [grip.left + grip.width / 2, grip.top + grip.height / 2];
      const isNear = Math.hypot(event.clientX - middle[0], event.clientY - middle[1]) <= NEAR;
      taken = guessing && !isNear ? onMark : onStart;
    }
    taken(at);
  });

  /**
   * Draw an arrow downhill: as long as the gradient itself, a unit of it as a unit of the map, within bounds.
   * @param {SVGPathElement} node
   * @param {SVGPathElement} behind
   * @param {Point} from
   * @param {Point | null} gradient
   */
  function point(node, behind, from, gradient) {
    const right = gradient ? -gradient[0] * (map.xs.to(1) - map.xs.to(0)) : 0;
    const down = gradient ? -gradient[1] * (map.ys.to(1) - map.ys.to(0)) : 0;
    const length = Math.hypot(right, down);
    const shown = length > 1e-9 && Number.isFinite(length);
    const d = shown ? arrowPath(map.xs.to(from[0]), map.ys.to(from[1]), right / length, down / length, length) : "";
    set(node, { d });
    set(behind, { d });
  }

  const pixels = (/** @type {Point} */ [w, b]) => [map.xs.to(w), map.ys.to(b)];

  return {
    svg: map.svg,
    /** Whether right angles on the map look like right angles. */
    isTrue,
    ground: {
      /** @param {import("../shared/contours.js").Grid} grid @param {number} low @param {number} high */
      show(grid, low, high) {
        ground.show(grid, low, high, [pixels(home)]);
      },
    },
    /**
     * @param {object} now
     * @param {ArrayLike<number>} now.ws
     * @param {ArrayLike<number>} now.bs
     * @param {number} now.steps
     * @param {Point} now.gradient
     * @param {Point | null} now.own
     * @param {Point | null} now.mark
     * @param {boolean} now.guessing
     */
    show(now) {
      guessing = now.guessing;
      const count = now.steps + 1;
      const ws = Array.prototype.slice.call(now.ws, 0, count);
      const bs = Array.prototype.slice.call(now.bs, 0, count);
      const d = count > 1 ? map.path(ws, bs) : "";
      set(rim, { d });
      set(path, { d });
      set(dots, { d: count > 1 ? apart(ws.map((w, k) => [map.xs.to(w), map.ys.to(bs[k])])) : "" });
      map.place(start, ws[0], bs[0]);
      start.style.display = isOn(ws[0], range.w) && isOn(bs[0], range.b) ? "" : "none";
      /** @type {Point} */
      const last = [ws[count - 1], bs[count - 1]];
      map.place(here, ...last);
      here.style.display = count > 1 ? "" : "none";
      ground.clear([pixels([ws[0], bs[0]]), pixels(last)]);
      point(arrow, rims[1], last, now.gradient);
      point(own, rims[0], last, now.own);
      mark.style.display = now.mark ? "" : "none";
      if (now.mark) set(mark, { transform: `translate(${map.xs.to(now.mark[0])} ${map.ys.to(now.mark[1])})` });
      map.svg.classList.toggle("lw-cc-guessing", now.guessing);
    },
  };
}

/**
 * Dots at those points of a path that are apart from the dot before, as the data of an SVG path.
 * @param {number[][]} points
 */
function apart(points) {
  let last = [Number.POSITIVE_INFINITY, 0];
  return points
    .filter((point) => {
      const far = Math.hypot(point[0] - last[0], point[1] - last[1]) >= APART;
      if (far) last = point;
      return far;
    })
    .map(([x, y]) => `M${x.toFixed(1)} ${y.toFixed(1)}h0`)
    .join("");
}

/** @param {number} value @param {Point} range */
const isOn = (value, range) => value >= range[0] && value <= range[1];

/**
 * @param {number} x
 * @param {number} y
 * @param {number} right
 * @param {number} down the direction, of length 1
 * @param {number} length
 */
function arrowPath(x, y, right, down, length) {
  const long = Math.min(Math.max(length, ARROW.least), ARROW.most);
  const tip = [x + right * long, y + down * long];
  const side = (/** @type {number} */ turn) => [
    tip[0] - ARROW.head * (right * 0.9 + turn * down * 0.5),
    tip[1] - ARROW.head * (down * 0.9 - turn * right * 0.5),
  ];
  return `M${x} ${y}L${tip.join(" ")}M${side(1).join(" ")}L${tip.join(" ")}L${side(-1).join(" ")}`;
}
