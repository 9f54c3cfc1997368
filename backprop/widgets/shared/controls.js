/** Controls that work by mouse, finger and keyboard alike, each with a label that a screen reader speaks. */

import { freshId, h } from "./dom.js";
import { fixed } from "./numbers.js";

/**
 * A slider with its name before it and its value behind it.
 *
 * @param {object} options
 * @param {string} options.label
 * @param {number} options.min
 * @param {number} options.max
 * @param {number} options.step
 * @param {(value: number) => void} options.onInput
 * @param {(value: number) => string} [options.format] the value as text, also what a screen reader speaks
 * @returns {{el: HTMLElement, input: HTMLInputElement, show: (value: number) => void}} `show` never calls `onInput`
 */
export function slider({ label, min, max, step, onInput, format = (value) => fixed(value, 2) }) {
  const id = freshId("lw-slider");
  const input = h("input", { type: "range", id, min, max, step, class: "lw-range" });
  // An output is spoken whenever it changes; here the slider has said so already, and Play would never be silent.
  const output = h("output", { for: id, class: "lw-value", "aria-live": "off" });
  const el = h("div", { class: "lw-slider" }, h("label", { for: id, class: "lw-label", text: label }), input, output);
  let last = Number.NaN;
  /** @param {number} value */
  function show(value) {
    if (Object.is(value, last)) return;
    last = value;
    if (input.valueAsNumber !== value) input.value = String(value);
    const text = format(value);
    output.textContent = text;
    input.setAttribute("aria-valuetext", text);
  }
  input.addEventListener("input", () => onInput(input.valueAsNumber));
  return { el, input, show };
}

/**
 * A button; `show({ label, disabled })` changes what it says.
 *
 * @param {string} label
 * @param {() => void} onClick
 * @param {{title?: string, class?: string}} [options]
 */
export function button(label, onClick, options = {}) {
  const el = h("button", {
    type: "button",
    class: `lw-button ${options.class ?? ""}`,
    title: options.title,
    text: label,
    onclick: onClick,
  });
  return {
    el,
    /** @param {{label?: string, disabled?: boolean}} now */
    show(now) {
      if (now.label !== undefined && el.textContent !== now.label) el.textContent = now.label;
      // Not `disabled`: focus would be lost when a button grows useless under the finger.
      if (now.disabled !== undefined) el.setAttribute("aria-disabled", String(now.disabled));
    },
  };
}

/**
 * A switch that is on or off.
 * @param {string} label
 * @param {(on: boolean) => void} onChange
 */
export function toggle(label, onChange) {
  const input = h("input", { type: "checkbox", class: "lw-check" });
  input.addEventListener("change", () => onChange(input.checked));
  const el = h("label", { class: "lw-toggle" }, input, h("span", { text: label }));
  return {
    el,
    input,
    /** @param {boolean} on */
    show(on) {
      input.checked = on;
    },
  };
}

/**
 * A few choices side by side, of which one holds: arrow keys move between them.
 * @param {string} label
 * @param {[string, string][]} options pairs of value and text
 * @param {(value: string) => void} onChange
 */
export function choice(label, options, onChange) {
  const name = freshId("lw-choice");
  const inputs = options.map(([value]) =>
    h("input", { type: "radio", name, value, class: "lw-radio", onchange: () => onChange(value) }),
  );
  const labels = options.map(([, text], i) => h("label", { class: "lw-option" }, inputs[i], h("span", { text })));
  const el = h("div", { class: "lw-choice", role: "radiogroup", "aria-label": label }, ...labels);
  return {
    el,
    /** @param {string} value */
    show(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}

/**
 * A list to choose from; `show` with null shows that none of them holds.
 * @param {string} label
 * @param {[string, string][]} options pairs of value and text
 * @param {(value: string) => void} onChange
 */
export function menu(label, options, onChange) {
  const id = freshId("lw-menu");
  const select = h(
    "select",
    { id, class: "lw-select" },
    ...options.map(([value, text]) => h("option", { value, text })),
  );
  select.addEventListener("change", () => onChange(select.value));
  const el = h("div", { class: "lw-menu" }, h("label", { for: id, class: "lw-label", text: label }), select);
  return {
    el,
    select,
    /** @param {string | null} value */
    show(value) {
      if (value === null) select.selectedIndex = -1;
      else if (select.value !== value) select.value = value;
    },
  };
}

/**
 * A line of text that says the state. Readers see each change; a screen reader speaks when things have come to rest.
 */
export function says() {
  const seen = h("p", { class: "lw-says", "aria-hidden": "true" });
  const spoken = h("p", { class: "lw-spoken", role: "status", "aria-live": "polite" });
  let timer = 0;
  return {
    el: h("div", {}, seen, spoken),
    /** @param {string} text */
    show(text) {
      if (seen.textContent === text) return;
      seen.textContent = text;
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        spoken.textContent = text;
      }, 500);
    },
    /**
     * Have something spoken at once that is seen elsewhere.
     * @param {string} text
     */
    speak(text) {
      clearTimeout(timer);
      spoken.textContent = text;
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
