/** The curves of `LearningCurves`: axes that follow the data, one line for each run, and a rule to read them at a step. */

import { costRange, thinned } from "../shared/curves.js";
import { s, set } from "../shared/dom.js";
import { clamp } from "../shared/numbers.js";
import { plot } from "../shared/plot.js";

/** @typedef {{key: string, place: number, costs: Float64Array, steps: number}} Curve */

/**
 * @param {HTMLElement} place where the plot stands
 * @param {(step: number) => void} onScrub
 */
export function curvesPlot(place, onScrub) {
  /** @type {ReturnType<typeof plot>} */
  let drawn;
  let axes = "";
  const rule = s("path", { class: "lw-run-rule" });
  const dots = s("g");
  /** @type {Curve[]} */
  let curves = [];
  let logarithmic = false;

  let width = 800;
  const height = (/** @type {number} */ cost) => (logarithmic ? Math.log10(cost) : cost);

  /** @param {[number, number]} x @param {[number, number]} y */
  function layOut(x, y) {
    axes = JSON.stringify([x, y, logarithmic, width]);
    drawn = plot({
      width,
      height: Math.max(0.425 * width, 240),
      x,
      y,
      xLabel: "step",
      yLabel: logarithmic ? "log₁₀ of the cost" : "cost",
      label: "Cost over the steps of training, one curve for each run; the list beside it says the same in words",
      margin: { left: 56 },
    });
    drawn.drag((at) => onScrub(Math.round(at.x)), { only: "x" });
    drawn.over.append(dots);
    place.replaceChildren(drawn.svg);
  }

  return {
    /**
     * Draw all curves; to be called when one of them has changed.
     * @param {Curve[]} now
     * @param {boolean} inPowers
     * @param {number} wide how wide the page lets it be
     */
    show(now, inPowers, wide) {
      width = clamp(wide, 320, 800);
      curves = now;
      logarithmic = inPowers;
      const longest = Math.max(1, ...curves.map((curve) => curve.steps));
      const y = costRange(curves, logarithmic);
      if (axes !== JSON.stringify([[0, longest], y, logarithmic, width])) layOut([0, longest], y);
      const lines = curves.map(({ place, costs }) => {
        const seen = thinned(costs);
        return s("path", { class: `lw-run lw-run-${place}`, d: drawn.path(seen.steps, seen.costs.map(height)) });
      });
      drawn.marks.replaceChildren(...lines, rule);
    },
    /**
     * Put the rule at a step, with a dot on each curve.
     * @param {number} step
     */
    at(step) {
      set(rule, { d: drawn.path([step, step], drawn.ys.domain) });
      while (dots.childNodes.length > curves.length) dots.lastChild?.remove();
      curves.forEach(({ place, costs }, i) => {
        const dot = /** @type {SVGElement} */ (dots.childNodes[i] ?? dots.appendChild(s("circle", { r: 5 })));
        const cost = height(costs[Math.min(step, costs.length - 1)]);
        const there = step < costs.length && Number.isFinite(cost);
        set(dot, { class: `lw-run-dot lw-run-${place}`, visibility: there ? "visible" : "hidden" });
        if (there) drawn.place(dot, step, cost);
      });
    },
  };
}
