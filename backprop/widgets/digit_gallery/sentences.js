/** What a gallery says of a digit, a drawing, a unit: one short sentence each; pure. */

import { fixed } from "../shared/numbers.js";

/**
 * @typedef {{label: number, prediction: number, output: number, column: number}} Digit
 * @typedef {{total: number, wrong: number, shown: number}} Count
 * @typedef {object} Reply what is known of a drawing
 * @property {boolean} empty whether nothing is drawn
 * @property {boolean} fresh whether `says` answers the present drawing
 * @property {boolean} late whether the kernel has kept silent for long
 * @property {string} says what the kernel answered last
 */

/** @param {Digit} digit */
export function digitWords({ label, prediction, output, column }) {
  const verdict = prediction === label ? "right" : "misclassified";
  return `Picture ${column} is a ${label}. Output ${fixed(output, 3)}; predict says ${prediction}: ${verdict}.`;
}

/**
 * @param {Count} count
 * @param {number} page from 0
 * @param {number} pages
 */
export function countWords({ total, wrong, shown }, page, pages) {
  const share = fixed((100 * wrong) / total, 2);
  const part = shown < total ? ` ${shown} of them are here.` : "";
  return `${total} pictures, ${wrong} misclassified (${share} %).${part} Page ${page + 1} of ${pages}.`;
}

/**
 * @param {number} unit
 * @param {number} activation
 * @param {number} share
 */
export function unitWords(unit, activation, share) {
  return `Hidden unit ${unit}: activation ${fixed(activation, 3)}, adds ${fixed(share, 2)} to z2.`;
}

/** What stands below the pad. @param {Reply} reply */
export function answerWords({ empty, fresh, late, says }) {
  if (empty) return "A 0 or a 1, please.";
  if (fresh) return says;
  return late ? "No answer: the kernel is busy, or not running." : "Asking predict …";
}

/**
 * @param {Reply} reply
 * @param {number} output the browser's own
 */
export function drawingWords(reply, output) {
  if (reply.empty) return "Draw a 0 or a 1 on the pad.";
  const own = `Your drawing: output ${fixed(output, 3)}.`;
  if (!reply.fresh && reply.late) {
    return `${own} That is the browser's copy of the network. ${answerWords(reply)}`;
  }
  return `${own} ${answerWords(reply)}`;
}

/**
 * @param {[number, number]} at
 * @param {boolean} down
 */
export function penWords([x, y], down) {
  return `Pen ${down ? "down" : "up"}, ${x} from the left, ${y} from the top.`;
}
