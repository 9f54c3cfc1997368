// What a two-layer network makes of digits, and in which order a gallery shows them.
// The same as model.py, to which a golden file holds it. Pure: knows nothing of the page.

export const PAGE = 100;

/**
 * @typedef {{W1: Float64Array, b1: Float64Array, W2: Float64Array, b2: Float64Array}} Parameters
 *   W1 row by row: n_x weights of the first hidden unit, then of the second, and so on.
 * @typedef {"misclassified first" | "least sure first" | "as they come"} Order
 */

/** The logistic sigmoid, without overflow. @param {number} z @returns {number} */
export function sigmoid(z) {
  const small = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : small) / (1 + small);
}

/**
 * What each hidden unit and the output say of one picture.
 * @param {ArrayLike<number>} x  n_x pixels from 0 to 1
 * @param {Parameters} parameters
 * @returns {{a1: Float64Array, a2: number, shares: Float64Array}}  activations, output, and what each unit adds to Z2
 */
export function forward(x, { W1, b1, W2, b2 }) {
  const nH = b1.length;
  const nX = x.length;
  const a1 = new Float64Array(nH);
  const shares = new Float64Array(nH);
  let z2 = b2[0];
  for (let j = 0; j < nH; j++) {
    let z1 = b1[j];
    const row = j * nX;
    for (let i = 0; i < nX; i++) z1 += W1[row + i] * x[i];
    a1[j] = sigmoid(z1);
    shares[j] = W2[j] * a1[j];
    z2 += shares[j];
  }
  return { a1, a2: sigmoid(z2), shares };
}

/**
 * The indices of the digits in the order in which they are shown; digits that tie stay as they come.
 * @param {ArrayLike<number>} outputs
 * @param {ArrayLike<number>} predictions
 * @param {ArrayLike<number>} labels
 * @param {Order} order
 * @returns {number[]}
 */
export function arrange(outputs, predictions, labels, order) {
  const indices = Array.from({ length: outputs.length }, (_, i) => i);
  if (order === "misclassified first") {
    const right = indices.map((i) => (predictions[i] === labels[i] ? 1 : 0));
    const off = indices.map((i) => Math.abs(outputs[i] - labels[i]));
    return indices.sort((i, k) => right[i] - right[k] || off[k] - off[i]);
  }
  if (order === "least sure first") {
    const sure = indices.map((i) => Math.abs(outputs[i] - 0.5));
    return indices.sort((i, k) => sure[i] - sure[k]);
  }
  return indices;
}

/**
 * The pixels of one digit, from the bytes that Python sent.
 * @param {Uint8Array} bytes  all digits, n_x bytes each
 * @param {number} place
 * @param {number} nX
 * @param {number} levels  the byte that stands for 1
 * @returns {Float64Array}
 */
export function pixelsOf(bytes, place, nX, levels) {
  const pixels = new Float64Array(nX);
  for (let i = 0; i < nX; i++) pixels[i] = bytes[place * nX + i] / levels;
  return pixels;
}
