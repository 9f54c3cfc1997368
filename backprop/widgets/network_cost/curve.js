/** The cost of each step of training, beside the map of `NetworkCost`. */

import { costRange, thinned } from "../shared/curves.js";
import { s, set } from "../shared/dom.js";
import { plot } from "../shared/plot.js";

/**
 * @param {HTMLElement} place where the curve stands
 * @param {(step: number) => void} onScrub
 */
export function costCurve(place, onScrub) {
  const line = s("path", { class: "lw-curve" });
  const dot = s("circle", { class: "lw-network-path-here", r: 6 });
  /** @type {ReturnType<typeof plot> | null} */
  let drawn = null;
  let laidOut = "";
  /** @type {Float64Array} */
  let costs = new Float64Array(0);

  return {
    /**
     * Draw the curve as far as training has come.
     * @param {Float64Array} now
     * @param {number} steps how many there will be
     */
    show(now, steps) {
      costs = now;
      const y = costRange([{ costs }], false);
      const layout = JSON.stringify([y, steps]);
      if (layout !== laidOut) {
        laidOut = layout;
        drawn = plot({
          width: 380,
          height: 300,
          x: [0, Math.max(1, steps)],
          y,
          xLabel: "step of training",
          yLabel: "cost",
          label: "The cost before each step of training",
          margin: { left: 56 },
        });
        drawn.marks.append(line);
        drawn.over.append(dot);
        drawn.drag((at) => onScrub(Math.round(at.x)), { only: "x" });
        place.replaceChildren(drawn.svg);
      }
      const seen = thinned(costs);
      if (drawn) set(line, { d: drawn.path(seen.steps, seen.costs) });
    },
    /** @param {number} step */
    at(step) {
      if (drawn && Number.isFinite(costs[step])) drawn.place(dot, step, costs[step]);
    },
  };
}
