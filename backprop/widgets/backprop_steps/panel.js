/** The panels beside the network: the formulas with their shapes, the student's code, and one entry worked out. */

import { brief, inBrackets } from "../shared/brief.js";
import { h } from "../shared/dom.js";
import { say } from "../shared/say.js";
import { FORWARD, STEPS } from "./model.js";
import { FORMULAS, shapeOf, shapesOf } from "./sentences.js";

/** @typedef {import("./sentences.js").Piece} Piece */

/**
 * The list of all formulas; each is a button that goes to its step.
 * @param {{nX: number, nH: number, nY: number, m: number}} sizes
 * @param {(step: number) => void} go
 */
export function formulas(sizes, go) {
  const rows = STEPS.slice(1).map((name, i) => {
    const judged = h("span", { class: "steps-judged" });
    const button = h(
      "button",
      { type: "button", class: "steps-formula", "data-step": name, onclick: () => go(i + 1) },
      h("span", { class: "steps-name", text: name }),
      h("span", { text: FORMULAS[name] }),
      h("span", { class: "steps-shape", text: shapeOf(name, sizes) }),
      judged,
    );
    return { name, button, judged, item: h("li", {}, button) };
  });
  const half = (/** @type {boolean} */ forward) =>
    rows.filter(({ name }) => FORWARD.includes(name) === forward).map(({ item }) => item);
  const shapes = h("p", { class: "steps-shapes" });
  const el = h(
    "div",
    { class: "steps-formulas" },
    h("p", { class: "steps-head", text: "forward" }),
    h("ol", {}, ...half(true)),
    h("p", { class: "steps-head", text: "backward" }),
    h("ol", {}, ...half(false)),
    shapes,
  );
  return {
    el,
    /**
     * @param {string} step
     * @param {(name: string) => string} judge "" or what the student's function says of a quantity: "✓" or "✗"
     */
    show(step, judge) {
      for (const { name, button, judged } of rows) {
        if (name !== step) button.removeAttribute("aria-current");
        else if (!button.hasAttribute("aria-current")) button.setAttribute("aria-current", "step");
        const sign = judge(name);
        if (judged.textContent !== sign) {
          judged.textContent = sign;
          const word = { "✓": "yours agrees", "✗": "yours differs" }[sign];
          if (word) judged.setAttribute("aria-label", word);
          else judged.removeAttribute("aria-label");
          judged.title = word ?? "";
        }
      }
      say(shapes, `shapes: ${shapesOf(step, sizes)}`);
    },
  };
}

/**
 * The student's function of the present step, with the lines that compute it lit up.
 * @param {{function: string, lines: string[], marks: Record<string, number[]>}[]} listings
 */
export function code(listings) {
  const title = h("p", { class: "steps-head" });
  const pre = h("pre", { class: "steps-code", tabindex: "0" });
  const el = h("div", { class: "steps-listing" }, title, pre);
  let shown = "";
  let lit = "";
  /** @type {HTMLElement[]} */
  let lines = [];
  return {
    el,
    /**
     * Show the function that computes a quantity, where there is one.
     * @param {string} step
     */
    show(step) {
      if (step === lit) return;
      lit = step;
      const found = listings.find(({ marks }) => marks[step]);
      el.hidden = !found;
      if (!found) return;
      if (shown !== found.function) {
        shown = found.function;
        title.textContent = `your ${found.function}`;
        pre.setAttribute("aria-label", `your ${found.function}`);
        lines = found.lines.map((line) => h("span", { class: "steps-code-line", text: `${line}\n` }));
        pre.replaceChildren(...lines);
      }
      lines.forEach((line, i) => {
        const now = found.marks[step].includes(i);
        line.classList.toggle("steps-code-now", now);
        if (now) line.setAttribute("aria-current", "step");
        else line.removeAttribute("aria-current");
      });
      const first = lines[found.marks[step][0]];
      // Not scrollIntoView: that would scroll the notebook as well.
      pre.scrollTop = Math.max(0, first.offsetTop - pre.offsetTop - pre.clientHeight / 2);
    },
  };
}

/**
 * Return the lines that spell out one entry: with its letters, then with its numbers, and what comes out.
 * @param {string} name such as "Z1[0, 0]"
 * @param {Piece[]} pieces
 * @param {number} value
 */
export function worked(name, pieces, value) {
  const words = (/** @type {(operand: import("./sentences.js").Operand) => string} */ write) =>
    pieces.map((piece) => (typeof piece === "string" ? piece : write(piece))).join("");
  const signs = words((operand) => operand.text);
  const numbers = words((operand) => inBrackets(operand.value));
  return [`${name} = ${signs}`, `= ${numbers} = ${brief(value)}`];
}
