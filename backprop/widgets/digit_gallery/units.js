/** The hidden units: how active each is, what it adds to z2, and the weights of one as an image. */

import { slider } from "../shared/controls.js";
import { h, s, set } from "../shared/dom.js";
import { clamp, fixed, significant } from "../shared/numbers.js";
import { paintWeights } from "./paint.js";

const WIDE = 320;
const BARS = 70; // the height of an activation of 1
const GAP = 12;
const HALF = 34; // the height of the largest share, up or down

/**
 * @param {object} options
 * @param {number} options.nH
 * @param {(unit: number) => Float64Array} options.weightsOf
 * @param {(unit: number) => void} options.select
 */
export function units({ nH, weightsOf, select }) {
  const step = WIDE / nH;
  const zero = BARS + GAP + HALF;
  const bar = (/** @type {number} */ j, /** @type {string} */ name) =>
    s("rect", { class: name, x: j * step + step * 0.1, width: step * 0.8 });
  const heights = Array.from({ length: nH }, (_, j) => bar(j, "dg-activation"));
  const adds = Array.from({ length: nH }, (_, j) => bar(j, "dg-share"));
  const band = s("rect", { class: "dg-band", y: 0, width: step, height: zero + HALF });
  const svg = s(
    "svg",
    { viewBox: `0 0 ${WIDE} ${zero + HALF}`, class: "lw-plot dg-bars", role: "img" },
    band,
    s("path", { class: "lw-tick", d: `M0 ${BARS}h${WIDE}M0 ${zero}h${WIDE}` }),
    ...heights,
    ...adds,
  );
  const canvas = h("canvas", { class: "dg-large dg-weights", role: "img", width: 1, height: 1 });
  const range = h("p", { class: "dg-caption" });
  const unitSlider = slider({ label: "hidden unit", min: 0, max: nH - 1, step: 1, onInput: select, format: String });
  const title = (/** @type {string} */ text) => h("p", { class: "dg-title", text });
  const el = h(
    "div",
    { class: "dg-units", role: "group", "aria-label": "Hidden units" },
    h(
      "div",
      { class: "dg-chart" },
      title("What the hidden units say"),
      svg,
      h("p", { class: "dg-caption", text: "above: activation, 0 to 1; below: what that adds to z2" }),
      unitSlider.el,
    ),
    h("div", { class: "dg-figure" }, title("What the unit looks for"), h("div", { class: "dg-frame" }, canvas), range),
  );
  let shown = -1;
  /** @type {any} */
  let drawn = null; // the pass whose bars stand there

  const pick = (/** @type {PointerEvent} */ event) => {
    const seen = svg.getBoundingClientRect();
    select(clamp(Math.floor(((event.clientX - seen.left) / seen.width) * nH), 0, nH - 1));
  };
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    svg.setPointerCapture(event.pointerId);
    pick(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (svg.hasPointerCapture(event.pointerId)) pick(event);
  });

  /**
   * @param {Float64Array} a1
   * @param {Float64Array} shares
   */
  function drawBars(a1, shares) {
    const most = shares.reduce((far, share) => Math.max(far, Math.abs(share)), 0) || 1;
    for (const [j, a] of a1.entries()) set(heights[j], { y: BARS * (1 - a), height: BARS * a });
    for (const [j, share] of shares.entries()) {
      const long = (HALF * Math.abs(share)) / most;
      set(adds[j], { y: share < 0 ? zero : zero - long, height: long });
      adds[j].classList.toggle("dg-negative", share < 0);
    }
  }

  return {
    el,
    /**
     * @param {{a1: Float64Array, shares: Float64Array}} pass
     * @param {number} unit
     */
    show(pass, unit) {
      const { a1, shares } = pass;
      if (pass !== drawn) drawBars(a1, shares);
      drawn = pass;
      const named = `Activations of ${nH} hidden units; unit ${unit} has ${fixed(a1[unit], 3)} and adds ${fixed(shares[unit], 2)} to z2`;
      set(svg, { "aria-label": named });
      if (unit === shown) return;
      shown = unit;
      set(band, { x: unit * step });
      unitSlider.show(unit);
      const weights = weightsOf(unit);
      paintWeights(canvas, weights);
      const [low, high] = [weights.reduce((a, b) => Math.min(a, b)), weights.reduce((a, b) => Math.max(a, b))];
      range.textContent = `W1[${unit}], ${significant(low, 2)} to ${significant(high, 2)}: blue negative, orange positive`;
      set(canvas, { "aria-label": `The weights of hidden unit ${unit} as an image` });
    },
  };
}
