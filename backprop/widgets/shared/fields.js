/** Two more controls: a slider over a list of values, and a field for a number. */

import { slider } from "./controls.js";
import { freshId, h } from "./dom.js";

/**
 * A slider that steps through a list of values; a value between two of them stands at the nearest one.
 *
 * @param {object} options
 * @param {string} options.label
 * @param {number[]} options.values in rising order
 * @param {(value: number) => void} options.onInput
 */
export function ladder({ label, values, onInput }) {
  const bar = slider({
    label,
    min: 0,
    max: values.length - 1,
    step: 1,
    onInput: (place) => onInput(values[place]),
    format: String,
  });
  return {
    el: bar.el,
    input: bar.input,
    /** @param {number} value */
    show(value) {
      bar.input.value = String(nearest(values, value));
      const output = bar.el.querySelector("output");
      if (output && output.textContent !== String(value)) output.textContent = String(value);
      bar.input.setAttribute("aria-valuetext", String(value));
    },
  };
}

/**
 * Return the place of the value that is nearest to `value`, as ratios go.
 * @param {number[]} values
 * @param {number} value
 */
export function nearest(values, value) {
  const far = values.map((each) => Math.abs(Math.log(each / value)));
  return far.indexOf(Math.min(...far));
}

/**
 * A field for a whole number; what cannot be read is put back when the field is left.
 *
 * @param {object} options
 * @param {string} options.label
 * @param {number} options.min
 * @param {number} options.max
 * @param {(value: number) => void} options.onInput
 */
export function wholeNumber({ label, min, max, onInput }) {
  const id = freshId("lw-number");
  const input = h("input", { type: "number", id, min, max, step: 1, class: "lw-number" });
  const el = h("div", { class: "lw-menu" }, h("label", { for: id, class: "lw-label", text: label }), input);
  let last = min;
  input.addEventListener("change", () => {
    const value = input.valueAsNumber;
    if (Number.isInteger(value) && value >= min && value <= max) onInput(value);
    else input.value = String(last);
  });
  return {
    el,
    input,
    /** @param {number} value */
    show(value) {
      if (value === last && input.value !== "") return;
      last = value;
      input.value = String(value);
    },
    /** @param {number} now the largest number that is allowed from now on */
    upTo(now) {
      max = now;
      input.max = String(now);
    },
  };
}
