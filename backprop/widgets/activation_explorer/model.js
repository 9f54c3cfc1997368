/** One step of learning with an activation, as in model.py; pure. */

import { ACTIVATIONS } from "../shared/activations.js";

export const SHOWN = ["sigmoid", "tanh", "relu", "step"];

/**
 * Return z after one step of descent on the cost (φ(z) − target)².
 * @param {string} activation
 * @param {number} z
 * @param {number} target
 * @param {number} eta
 */
export function learn(activation, z, target, eta) {
  const phi = ACTIVATIONS[activation];
  return z - eta * 2 * (phi.value(z) - target) * phi.slope(z);
}
