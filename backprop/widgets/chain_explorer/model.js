/**
 * A chain of tanh units as numbers: what flows forward, the δ that flow back, and the order of the steps.
 *
 * The same as `model.py`, line by line; nothing is drawn here.
 */

/**
 * Every number of one pass forward and one pass back; arrays have one entry for each unit.
 * @typedef {{z: number[], f: number[], loss: number, delta: number[], gradient: number[]}} Chain
 */

/**
 * One step of the walk; `unit` counts from 1, and is 0 where no single unit is meant.
 * @typedef {{kind: "start" | "forward" | "loss" | "backward", unit: number}} Step
 */

/**
 * Return all numbers of the chain with these weights, of which there is at least one.
 * @param {number} x
 * @param {number} y
 * @param {number[]} weights
 * @returns {Chain}
 */
export function run(x, y, weights) {
  const L = weights.length;
  const [z, f, delta] = [new Array(L), new Array(L), new Array(L)];
  let heard = x;
  for (let i = 0; i < L; i++) {
    z[i] = heard * weights[i];
    heard = f[i] = Math.tanh(z[i]);
  }
  delta[L - 1] = 2 * (f[L - 1] - y) * (1 - f[L - 1] ** 2);
  for (let i = L - 2; i >= 0; i--) {
    delta[i] = (1 - f[i] ** 2) * weights[i + 1] * delta[i + 1];
  }
  const gradient = delta.map((d, i) => (i === 0 ? x : f[i - 1]) * d);
  return { z, f, loss: (y - f[L - 1]) ** 2, delta, gradient };
}

/**
 * Return the walk through a chain of L units: 2L + 2 steps, forward from left to right, then back.
 *
 * A step forward computes z and f of its unit, a step back δ and the derivative by the unit's weight.
 * @param {number} L
 * @returns {Step[]}
 */
export function steps(L) {
  const units = Array.from({ length: L }, (_, i) => i + 1);
  return [
    { kind: "start", unit: 0 },
    ...units.map((unit) => /** @type {Step} */ ({ kind: "forward", unit })),
    { kind: "loss", unit: 0 },
    ...units.reverse().map((unit) => /** @type {Step} */ ({ kind: "backward", unit })),
  ];
}
