/**
 * One pass through a small two-layer network as numbers, quantity by quantity, forward and then backward.
 *
 * The same as `model.py`; a matrix is a list of rows. Nothing is drawn here.
 */

/** @typedef {number[][]} Matrix */
/** @typedef {{W1: Matrix, b1: Matrix, W2: Matrix, b2: Matrix}} Parameters */

export const FORWARD = ["Z1", "A1", "Z2", "A2", "cost"];
export const BACKWARD = ["dZ2", "dW2", "db2", "dZ1", "dW1", "db1"];
/** A step is named after the quantity that it computes. */
export const STEPS = ["start", ...FORWARD, ...BACKWARD];
export const PARAMETERS = /** @type {const} */ (["W1", "b1", "W2", "b2"]);

/** @param {number} x */
export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** @param {number} x */
export const sigmoidDerivative = (x) => sigmoid(x) * (1 - sigmoid(x));

/** @type {(M: Matrix, entry: (value: number, row: number, column: number) => number) => Matrix} */
const map = (M, entry) => M.map((row, i) => row.map((value, j) => entry(value, i, j)));

/** @type {(M: Matrix) => Matrix} */
const transpose = (M) => M[0].map((_, j) => M.map((row) => row[j]));

/** @type {(M: Matrix, N: Matrix) => Matrix} */
const product = (M, N) => M.map((row) => N[0].map((_, j) => row.reduce((sum, value, k) => sum + value * N[k][j], 0)));

/** @type {(M: Matrix) => Matrix} */
const rowSums = (M) => M.map((row) => [row.reduce((sum, value) => sum + value, 0)]);

/**
 * Return every quantity of one pass forward and one pass back, by its name; `cost` is a 1 × 1 matrix.
 * @param {Matrix} X
 * @param {Matrix} Y
 * @param {Parameters} parameters
 * @returns {Record<string, Matrix>}
 */
export function run(X, Y, { W1, b1, W2, b2 }) {
  const m = Y[0].length;
  const Z1 = map(product(W1, X), (value, i) => value + b1[i][0]);
  const A1 = map(Z1, sigmoid);
  const Z2 = map(product(W2, A1), (value, i) => value + b2[i][0]);
  const A2 = map(Z2, sigmoid);
  const squares = A2.flatMap((row, i) => row.map((a, j) => (a - Y[i][j]) ** 2));
  const cost = [[squares.reduce((sum, square) => sum + square, 0) / (2 * m)]];
  const dZ2 = map(A2, (a, i, j) => ((a - Y[i][j]) / m) * sigmoidDerivative(Z2[i][j]));
  const dW2 = product(dZ2, transpose(A1));
  const db2 = rowSums(dZ2);
  const dZ1 = map(product(transpose(W2), dZ2), (value, i, j) => value * sigmoidDerivative(Z1[i][j]));
  const dW1 = product(dZ1, transpose(X));
  const db1 = rowSums(dZ1);
  return { Z1, A1, Z2, A2, cost, dZ2, dW2, db2, dZ1, dW1, db1 };
}

/**
 * Return the shape of each parameter, in the order in which they are laid out in a list.
 * @param {number} nX
 * @param {number} nH
 * @param {number} nY
 * @returns {Record<string, [number, number]>}
 */
export const shapes = (nX, nH, nY) => ({ W1: [nH, nX], b1: [nH, 1], W2: [nY, nH], b2: [nY, 1] });

/**
 * Return the parameters of which `theta` is the list: W1 row by row, then b1, W2 and b2.
 * @param {number[]} theta
 * @param {[number, number, number]} sizes n_x, n_h and n_y
 * @returns {Parameters}
 */
export function unflatten(theta, sizes) {
  let start = 0;
  const entries = Object.entries(shapes(...sizes)).map(([name, [rows, columns]]) => {
    const matrix = Array.from({ length: rows }, (_, i) => theta.slice(start + i * columns, start + (i + 1) * columns));
    start += rows * columns;
    return [name, matrix];
  });
  return Object.fromEntries(entries);
}
