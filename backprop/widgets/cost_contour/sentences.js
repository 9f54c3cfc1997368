/** What the cost contour widget says of its state; pure. */

import { fixed, significant } from "../shared/numbers.js";

export const AHEAD = 10; // steps that a prediction looks ahead
const SAME = 2; // degrees that no eye tells apart
const CLOSE = 0.3; // from here a prediction is a good one

/** @typedef {[number, number]} Point */

/** @param {Point} point */
const place = ([w, b]) => `(${fixed(w)}, ${fixed(b)})`;

/**
 * Where the walk is, its cost, and the slopes there.
 * @param {{steps: number, at: Point, cost: number, gradient: Point, ended: boolean, isNeuron: boolean}} now
 */
export function position({ steps, at, cost, gradient, ended, isNeuron }) {
  const end = isNeuron ? " There the walk diverges." : " The next step leads off the map.";
  const begin = steps === 0 ? "Start" : `Step ${steps}`;
  const told = Number.isFinite(cost) ? cost.toFixed(3) : "not known";
  return `${begin}: w = ${fixed(at[0])}, b = ${fixed(at[1])}, cost ${told}; gradient (${fixed(gradient[0], 3)}, ${fixed(gradient[1], 3)}).${ended ? end : ""}`;
}

/**
 * How the student's own arrow stands to the true one.
 * @param {number} degrees between them; NaN where one has no length
 * @param {number} ratio of their lengths, own to true
 */
export function comparison(degrees, ratio) {
  if (Number.isNaN(degrees)) return "Your arrow cannot be drawn here.";
  const length = Math.abs(ratio - 1) < 0.02 ? "" : ` and is ${significant(ratio, 2)} times as long`;
  if (degrees > SAME) return `Your arrow points ${degrees}° off the true one${length}.`;
  return length
    ? `Your arrow points the right way, and is ${significant(ratio, 2)} times as long as the true one.`
    : "Your arrow lies on the true one.";
}

/**
 * What a user who predicts has to do next, or how good the prediction was.
 * @param {Point | null} mark
 * @param {number} steps
 * @param {Point} at
 */
export function predicted(mark, steps, at) {
  if (!mark)
    return `Predict first: where will ${AHEAD} steps end? Click there, or set the mark by its two sliders. Then Play unlocks.`;
  if (steps < AHEAD) return `Your mark is at ${place(mark)}. Now play ${AHEAD} steps.`;
  const off = Math.hypot(mark[0] - at[0], mark[1] - at[1]);
  if (steps > AHEAD) return "";
  return `Your mark at ${place(mark)} is ${fixed(off)} away from where the walk ended${off < CLOSE ? ": well predicted" : ""}.`;
}
