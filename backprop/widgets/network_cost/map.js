/** The map of `NetworkCost`: grey for the cost, contour lines, the path of training, and a point that can be dragged. */

import { s, set } from "../shared/dom.js";
import { landscape } from "../shared/landscape.js";
import { significant } from "../shared/numbers.js";
import { plot } from "../shared/plot.js";
import { filled } from "./model.js";

/**
 * A map as the kernel has sent it.
 * @typedef {object} Shown
 * @property {string} key which map it is
 * @property {import("./model.js").Window} window
 * @property {number} size
 * @property {Float64Array} costs as many as are computed, coarse points first
 * @property {Float64Array} path a and b of each recorded step, in turn
 */

/**
 * @param {HTMLElement} place where the map stands
 * @param {(a: number, b: number) => void} onPoint
 */
export function costMap(place, onPoint) {
  const path = {
    rim: s("path", { class: "lw-network-path-rim" }),
    ahead: s("path", { class: "lw-network-path-ahead" }),
    gone: s("path", { class: "lw-network-path" }),
  };
  const start = s("circle", { class: "lw-network-path-start", r: 5 });
  const here = s("circle", { class: "lw-network-path-here", r: 6 });
  const handle = s("path", { class: "lw-network-point", d: "M0-11 11 0 0 11-11 0Z" });
  /** @type {ReturnType<typeof plot> | null} */
  let drawn = null;
  /** @type {ReturnType<typeof landscape> | null} */
  let ground = null;
  let laidOut = "";
  /** @type {Float64Array} */
  let grid = new Float64Array(0);
  let x = new Float64Array(0);
  let y = new Float64Array(0);

  /** @param {Shown} shown @param {[string, string]} labels */
  function layOut(shown, labels) {
    const { a, b, half } = shown.window;
    drawn = plot({
      width: 430,
      height: 430,
      x: [a - half, a + half],
      y: [b - half, b + half],
      xLabel: labels[0],
      yLabel: labels[1],
      label: "Map of the cost, white low and black high, with contour lines and the path of training",
      margin: { left: 56, right: 14 },
    });
    ground = landscape(drawn);
    drawn.marks.append(path.rim, path.ahead, path.gone, start, here);
    drawn.over.append(handle);
    drawn.drag((at) => onPoint(at.x, at.y));
    place.replaceChildren(drawn.svg);
  }

  return {
    /** The costs of the map, row after row, the lowest first; empty before the first. */
    get grid() {
      return grid;
    },
    /**
     * Draw a map, as far as it is computed.
     * @param {Shown} shown
     * @param {[string, string]} labels of the two axes
     */
    show(shown, labels) {
      const layout = JSON.stringify([shown.window, labels]);
      if (layout !== laidOut) {
        laidOut = layout;
        layOut(shown, labels);
      }
      x = shown.path.filter((_, i) => i % 2 === 0);
      y = shown.path.filter((_, i) => i % 2 === 1);
      grid = filled(shown.costs, shown.size);
      ground?.show({ values: grid, nx: shown.size, ny: shown.size }, ...range(shown.costs));
    },
    /**
     * Put the marks of the step and of the point.
     * @param {number} index of the recorded step
     * @param {{a: number, b: number}} point
     * @param {boolean} stale whether another map is being computed
     */
    at(index, point, stale) {
      if (!drawn) return;
      const gone = drawn.path(x.subarray(0, index + 1), y.subarray(0, index + 1));
      const ahead = drawn.path(x.subarray(index), y.subarray(index));
      set(path.rim, { d: gone });
      set(path.gone, { d: gone });
      set(path.ahead, { d: ahead });
      drawn.place(start, x[0], y[0]);
      drawn.place(here, x[index], y[index]);
      set(handle, { transform: `translate(${drawn.xs.to(point.a).toFixed(2)} ${drawn.ys.to(point.b).toFixed(2)})` });
      ground?.clear([
        [drawn.xs.to(point.a), drawn.ys.to(point.b)],
        [drawn.xs.to(x[index]), drawn.ys.to(y[index])],
        [drawn.xs.to(x[0]), drawn.ys.to(y[0])],
      ]);
      drawn.svg.classList.toggle("lw-network-stale", stale);
    },
  };
}

/**
 * Return the lowest and the highest finite cost.
 * @param {ArrayLike<number>} costs
 * @returns {[number, number]}
 */
export function range(costs) {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < costs.length; i += 1) {
    if (!Number.isFinite(costs[i])) continue;
    if (costs[i] < low) low = costs[i];
    if (costs[i] > high) high = costs[i];
  }
  return low > high ? [0, 1] : [low, high];
}

/** @param {number} low @param {number} high */
export const legend = (low, high) => `The map goes from ${significant(low)} (white) to ${significant(high)} (black).`;
