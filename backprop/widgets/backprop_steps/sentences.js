/**
 * What is said of each step: its formula, its shapes, and the sum behind one entry with every number in it.
 *
 * A calculation is a list of pieces: signs are plain strings, and an operand says which entry it is and its value, so
 * that a drawing can light up where the number comes from.
 */

import { sigmoidDerivative } from "./model.js";

/** @typedef {import("./model.js").Matrix} Matrix */

/**
 * One entry of a quantity, with its value; `at` is where it is drawn, such as "W1[0, 1]".
 * @typedef {{text: string, at: string, value: number}} Operand
 */

/** @typedef {string | Operand} Piece */

/** The formulas of the lesson, by the name of the step. */
export const FORMULAS = /** @type {Record<string, string>} */ ({
  Z1: "W1 X + b1",
  A1: "φ(Z1)",
  Z2: "W2 A1 + b2",
  A2: "φ(Z2)",
  cost: "1/(2m) Σ (A2 − Y)²",
  dZ2: "(1/m)(A2 − Y) ⊙ φ′(Z2)",
  dW2: "dZ2 A1ᵀ",
  db2: "row sums of dZ2",
  dZ1: "(W2ᵀ dZ2) ⊙ φ′(Z1)",
  dW1: "dZ1 Xᵀ",
  db1: "row sums of dZ1",
});

/** A sentence on each step. */
export const WORDS = /** @type {Record<string, string>} */ ({
  start: "The sample lies at the inputs, a parameter on every edge. Nothing has been computed yet.",
  Z1: "Each hidden unit weighs what comes in, and adds its bias.",
  A1: "Each hidden unit squashes its sum to a number between 0 and 1.",
  Z2: "The output weighs what the hidden units say, and adds its bias.",
  A2: "The output squashes its sum: this is the answer of the network.",
  cost: "How wrong the answers are, in one number: half the mean square.",
  dZ2: "The error of the answer, times how responsive the output is. The mean over the samples enters here, once.",
  dW2: "Each edge: the error at its right end, times what came in at its left end.",
  db2: "A bias listens to a constant 1, so its slope is the error itself.",
  dZ1: "The error goes back through W2, and is scaled by how responsive each hidden unit was.",
  dW1: "Each edge again: the error at its right end, times what came in at its left end.",
  db1: "The slope of each hidden bias is the error of its unit.",
});

/**
 * Return the shapes that meet in a step, such as "(3, 2) (2, 1) + (3, 1) → (3, 1)".
 * @param {string} step
 * @param {{nX: number, nH: number, nY: number, m: number}} sizes
 */
export function shapesOf(step, { nX, nH, nY, m }) {
  const [hidden, output] = [`(${nH}, ${m})`, `(${nY}, ${m})`];
  /** @type {Record<string, string>} */
  const said = {
    start: `X (${nX}, ${m}), Y ${output}, W1 (${nH}, ${nX}), b1 (${nH}, 1), W2 (${nY}, ${nH}), b2 (${nY}, 1)`,
    Z1: `(${nH}, ${nX}) (${nX}, ${m}) + (${nH}, 1) → ${hidden}`,
    A1: `${hidden} → ${hidden}`,
    Z2: `(${nY}, ${nH}) ${hidden} + (${nY}, 1) → ${output}`,
    A2: `${output} → ${output}`,
    cost: `${output}, ${output} → one number`,
    dZ2: `${output} ⊙ ${output} → ${output}`,
    dW2: `${output} (${m}, ${nH}) → (${nY}, ${nH})`,
    db2: `${output} → (${nY}, 1)`,
    dZ1: `(${nH}, ${nY}) ${output} ⊙ ${hidden} → ${hidden}`,
    dW1: `${hidden} (${m}, ${nX}) → (${nH}, ${nX})`,
    db1: `${hidden} → (${nH}, 1)`,
  };
  return said[step];
}

/**
 * Return the shape of what a step computes, such as "(3, 1)".
 * @param {string} step
 * @param {{nX: number, nH: number, nY: number, m: number}} sizes
 */
export const shapeOf = (step, sizes) => shapesOf(step, sizes).split("→ ")[1];

/**
 * Return the entries that a step fills in, for the sample that is shown: rows and columns.
 * @param {string} step
 * @param {{nX: number, nH: number, nY: number, m: number}} sizes
 * @param {number} sample
 * @returns {[number, number][]}
 */
export function entriesOf(step, { nX, nH, nY }, sample) {
  /** @type {(rows: number, columns: number[]) => [number, number][]} */
  const grid = (rows, columns) =>
    Array.from({ length: rows }, (_, i) => columns.map((j) => /** @type {[number, number]} */ ([i, j]))).flat();
  /** @type {(count: number) => number[]} */
  const upTo = (count) => Array.from({ length: count }, (_, i) => i);
  switch (step) {
    case "start":
      return [];
    case "Z1":
    case "A1":
    case "dZ1":
      return grid(nH, [sample]);
    case "Z2":
    case "A2":
    case "dZ2":
      return grid(nY, [sample]);
    case "dW1":
      return grid(nH, upTo(nX));
    case "dW2":
      return grid(nY, upTo(nH));
    case "db1":
      return grid(nH, [0]);
    case "db2":
      return grid(nY, [0]);
    default:
      return [[0, 0]];
  }
}

/**
 * Return how one entry of a step comes about, as pieces: the right-hand side of its formula.
 * @param {string} step
 * @param {number} i the row of the entry
 * @param {number} j its column
 * @param {Record<string, Matrix>} values every quantity by its name, X, Y and the parameters among them
 * @returns {Piece[]}
 */
export function calculation(step, i, j, values) {
  const m = values.X[0].length;
  /** @type {(name: string, row: number, column: number) => Operand} */
  const at = (name, row, column) => {
    const key = `${name}[${row}, ${column}]`;
    return { text: key, at: key, value: values[name][row][column] };
  };
  /** @type {(name: string, row: number, column: number) => Operand} */
  const slope = (name, row, column) => {
    const operand = at(name, row, column);
    return { ...operand, text: `φ′(${operand.text})`, value: sigmoidDerivative(operand.value) };
  };
  /** @type {(count: number, term: (k: number) => Piece[]) => Piece[]} */
  const sum = (count, term) =>
    Array.from({ length: count }, (_, k) => (k === 0 ? term(k) : [" + ", ...term(k)])).flat();

  switch (step) {
    case "Z1":
      return [...sum(values.X.length, (k) => [at("W1", i, k), " · ", at("X", k, j)]), " + ", at("b1", i, 0)];
    case "Z2":
      return [...sum(values.A1.length, (k) => [at("W2", i, k), " · ", at("A1", k, j)]), " + ", at("b2", i, 0)];
    case "A1":
      return ["φ(", at("Z1", i, j), ")"];
    case "A2":
      return ["φ(", at("Z2", i, j), ")"];
    case "cost": {
      const places = values.A2.flatMap((row, o) => row.map((_, s) => [o, s]));
      const term = (/** @type {number} */ k) => {
        const [o, s] = places[k];
        return ["(", at("A2", o, s), " − ", at("Y", o, s), ")²"];
      };
      return [`1/${2 * m} · (`, ...sum(places.length, term), ")"];
    }
    case "dZ2":
      return [`1/${m} · (`, at("A2", i, j), " − ", at("Y", i, j), ") · ", slope("Z2", i, j)];
    case "dZ1":
      return [
        "(",
        ...sum(values.Z2.length, (o) => [at("W2", o, i), " · ", at("dZ2", o, j)]),
        ") · ",
        slope("Z1", i, j),
      ];
    case "dW2":
      return sum(m, (s) => [at("dZ2", i, s), " · ", at("A1", j, s)]);
    case "dW1":
      return sum(m, (s) => [at("dZ1", i, s), " · ", at("X", j, s)]);
    case "db2":
      return sum(m, (s) => [at("dZ2", i, s)]);
    case "db1":
      return sum(m, (s) => [at("dZ1", i, s)]);
    default:
      return [];
  }
}
