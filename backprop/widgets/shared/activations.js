/** The activations that the widgets know, each with its slope, as in activations.py; pure. */

/** @typedef {{name: string, value: (z: number) => number, slope: (z: number) => number}} Activation */

/** @param {number} z */
function sigmoid(z) {
  const small = Math.exp(-Math.abs(z));
  return z >= 0 ? 1 / (1 + small) : small / (1 + small);
}

/** @param {number} z */
function sigmoidSlope(z) {
  const small = Math.exp(-Math.abs(z));
  return small / (1 + small) ** 2;
}

/** @param {number} z */
const isPositive = (z) => (z > 0 ? 1 : 0);

/** @type {Record<string, Activation>} */
export const ACTIVATIONS = {
  sigmoid: { name: "sigmoid", value: sigmoid, slope: sigmoidSlope },
  tanh: { name: "tanh", value: Math.tanh, slope: (z) => 1 - Math.tanh(z) ** 2 },
  relu: { name: "ReLU", value: (z) => Math.max(z, 0), slope: isPositive },
  step: { name: "step", value: isPositive, slope: () => 0 },
  identity: { name: "identity", value: (z) => z, slope: () => 1 },
};
