/** What the state of NetworkCost asks for: which map, which step, which directions. */

import { pyNumber } from "../shared/as_code.js";

export const VIEW = ["directions", "across", "up", "seed", "around", "zoom"];
export const PARTS = 200; // steps of a slider from one edge of the map to the other

/** @typedef {import("../shared/state.js").Model} Model */

/**
 * Return the text by which Python knows the map that the state asks for.
 * @param {Model} model
 */
export function keyOf(model) {
  return VIEW.map((name) => (name === "zoom" ? pyNumber(model.get(name)) : String(model.get(name)))).join("|");
}

/**
 * Return the index of the recorded step nearest to a step, the last where it is negative.
 * @param {number[]} recorded
 * @param {number} step
 */
export function indexOf(recorded, step) {
  if (step < 0) return recorded.length - 1;
  let best = 0;
  for (let i = 1; i < recorded.length; i += 1) {
    if (Math.abs(recorded[i] - step) < Math.abs(recorded[best] - step)) best = i;
  }
  return best;
}

/**
 * Return what stands at the two axes.
 * @param {Model} model
 * @returns {[string, string]}
 */
export function labels(model) {
  const directions = model.get("directions");
  if (directions === "parameters") return [model.get("across"), model.get("up")];
  const what = directions === "random" ? "random direction" : "direction of the path";
  return [`first ${what}`, `second ${what}`];
}

/**
 * Return the power of ten to which a point of a map is rounded, so that the copied line stays short.
 * @param {number} half half the width of the map
 */
export const fine = (half) => 10 ** Math.floor(Math.log10((2 * half) / PARTS));
