/** Hold what the student's functions say against the right numbers; pure. */

import { brief } from "../shared/brief.js";

const SAME = 1e-6; // of the largest entry: as near as two ways of adding may be expected to come

/** @typedef {import("./model.js").Matrix} Matrix */

/**
 * What the student's functions say, as `backprop_steps_own.py` sends it.
 * @typedef {{names: Record<string, string>, values: Record<string, Matrix>, said: Record<string, string>}} Answers
 */

/** @typedef {{kind: "right"} | {kind: "wrong", row: number, column: number} | {kind: "silent", sentence: string}} Judged */

/**
 * Say whether a student's quantity is right, where it is wrong first, or why there is none; null where none was asked.
 * @param {Answers | null} answers
 * @param {string} quantity
 * @param {Matrix} right
 * @returns {Judged | null}
 */
export function judge(answers, quantity, right) {
  if (answers?.said[quantity]) return { kind: "silent", sentence: answers.said[quantity] };
  const found = answers?.values[quantity];
  if (!found) return null;
  for (let row = 0; row < right.length; row++) {
    for (let column = 0; column < right[row].length; column++) {
      if (differs(found, right, row, column)) return { kind: "wrong", row, column };
    }
  }
  return { kind: "right" };
}

/** @type {(found: Matrix, right: Matrix, row: number, column: number) => boolean} */
const differs = (found, right, row, column) =>
  Math.abs(found[row][column] - right[row][column]) > SAME * Math.max(...right.flat().map(Math.abs));

/**
 * Return the sign that stands beside a formula.
 * @param {Judged | null} judged
 */
export const sign = (judged) => (judged ? (judged.kind === "right" ? "✓" : "✗") : "");

/**
 * Return a sentence on a student's quantity, if possible on the entry that is being worked out; "" for no answer.
 * @param {Answers | null} answers
 * @param {string} quantity
 * @param {[number, number]} place
 * @param {Matrix} right
 */
export function sentence(answers, quantity, place, right) {
  const judged = judge(answers, quantity, right);
  if (!answers || !judged) return "";
  if (judged.kind === "silent") return judged.sentence;
  const name = `your ${answers.names[quantity]}`;
  if (judged.kind === "right") return `✓ ${name} says the same`;
  const found = answers.values[quantity];
  const [row, column] = differs(found, right, ...place) ? place : [judged.row, judged.column];
  const entry = quantity === "cost" ? "cost" : `${quantity}[${row}, ${column}]`;
  return `✗ ${name} says ${entry} = ${brief(found[row][column])}, and it should be ${brief(right[row][column])}`;
}
