/**
 * What is said of each step of a chain: its formulas, with every number in them.
 *
 * A line is a list of pieces: signs are plain strings, and an operand says what it is called, where it is drawn, and its
 * value, so that a drawing can light up where the number comes from.
 */

import { brief, inBrackets } from "../shared/brief.js";

const SAME = 1e-6; // of the largest δ: as near as two ways of adding may be expected to come

/** @typedef {import("./model.js").Chain} Chain */
/** @typedef {import("./model.js").Step} Step */

/**
 * A number in a formula; `at` is where it is drawn: "x", "y", "w2", "z2", "f2", "delta2".
 * @typedef {{text: string, at: string, value: number}} Operand
 */

/**
 * One line: what is computed, from which pieces, and what comes out.
 * @typedef {{name: string, at: string, pieces: (string | Operand)[], value: number}} Line
 */

/**
 * Return a number as an index, in small digits.
 * @param {number} i
 */
export const index = (i) => String(i).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)]);

/**
 * Return the lines of a step; none for the start.
 * @param {Step} step
 * @param {{x: number, y: number, weights: number[]}} state
 * @param {Chain} chain
 * @returns {Line[]}
 */
export function linesOf({ kind, unit }, { x, y, weights }, chain) {
  const L = weights.length;
  const w = (/** @type {number} */ i) => ({ text: `w${index(i)}`, at: `w${i}`, value: weights[i - 1] });
  const z = (/** @type {number} */ i) => ({ text: `z${index(i)}`, at: `z${i}`, value: chain.z[i - 1] });
  const f = (/** @type {number} */ i) => ({ text: `f${index(i)}`, at: `f${i}`, value: chain.f[i - 1] });
  const delta = (/** @type {number} */ i) => ({ text: `δ${index(i)}`, at: `delta${i}`, value: chain.delta[i - 1] });
  const target = { text: "y", at: "y", value: y };
  const heard = unit === 1 ? { text: "x", at: "x", value: x } : f(unit - 1);
  /** @type {(operand: Operand, pieces: (string | Operand)[]) => Line} */
  const line = ({ text, at, value }, pieces) => ({ name: text, at, pieces, value });

  switch (kind) {
    case "forward":
      return [line(z(unit), [heard, " · ", w(unit)]), line(f(unit), ["tanh(", z(unit), ")"])];
    case "loss":
      return [line({ text: "loss", at: "loss", value: chain.loss }, ["(", target, " − ", f(L), ")²"])];
    case "backward": {
      const pieces =
        unit === L
          ? ["2 · (", f(L), " − ", target, ") · (1 − ", f(L), "²)"]
          : ["(1 − ", f(unit), "²) · ", w(unit + 1), " · ", delta(unit + 1)];
      const slope = { text: `∂loss/∂w${index(unit)}`, at: `gradient${unit}`, value: chain.gradient[unit - 1] };
      return [line(delta(unit), pieces), line(slope, [heard, " · ", delta(unit)])];
    }
    default:
      return [];
  }
}

/**
 * Return a sentence on a step, for the line that a screen reader speaks.
 * @param {Step} step
 * @param {number} L
 */
export function wordsOf({ kind, unit }, L) {
  switch (kind) {
    case "forward":
      return unit === 1 ? "Unit 1 listens to x." : `Unit ${unit} listens to unit ${unit - 1}.`;
    case "loss":
      return "What the last unit says is compared with the target.";
    case "backward":
      return unit === L ? `The loss hands δ to unit ${L}.` : `Unit ${unit + 1} hands δ to unit ${unit}.`;
    default:
      return "Nothing has been computed yet.";
  }
}

/**
 * Return a line as text, with its numbers put in: "z₂ = f₁ · w₂ = 0.537 · (−0.7) = −0.376".
 * @param {Line} line
 */
export function asText({ name, pieces, value }) {
  const signs = pieces.map((piece) => (typeof piece === "string" ? piece : piece.text)).join("");
  const numbers = pieces.map((piece) => (typeof piece === "string" ? piece : inBrackets(piece.value))).join("");
  return `${name} = ${signs} = ${numbers} = ${brief(value)}`;
}

/**
 * Return what the bars say when all of them stand: whether δ grows or shrinks on its way back.
 * @param {number[]} delta
 */
export function journey(delta) {
  const L = delta.length;
  if (L === 1) return "";
  const [first, last] = [Math.abs(delta[0]), Math.abs(delta[L - 1])];
  if (last === 0) return " The chain says what it should, so every δ is 0.";
  const factor = first / last;
  const word = factor < 0.01 ? "it has vanished" : factor > 100 ? "it has exploded" : "";
  return ` From unit ${L} to unit 1, the size of δ is multiplied by ${brief(factor)}${word && `: ${word}`}.`;
}

/**
 * Return a sentence on what the student's function says, or "" where there is nothing to say.
 *
 * δ flow from right to left, so of several wrong ones the rightmost is where the mistake begins. What the walk has not
 * reached is not judged yet.
 * @param {{name: string, delta: number[] | null, said: string} | null} own
 * @param {number[]} delta
 * @param {number} [from] the lowest unit whose δ is known already
 */
export function verdict(own, delta, from = 1) {
  if (!own) return "";
  if (!own.delta) return own.said;
  if (from > delta.length) return "";
  const largest = Math.max(...delta.map(Math.abs));
  const wrong = own.delta.findLastIndex((value, i) => i + 1 >= from && Math.abs(value - delta[i]) > SAME * largest);
  if (wrong < 0) return `your ${own.name}: every δ ${from > 1 ? "so far " : ""}agrees`;
  return `your ${own.name}: δ${index(wrong + 1)} is ${brief(own.delta[wrong])}, and should be ${brief(delta[wrong])}`;
}
