/** The runs of `LearningCurves` as a table: settings, cost at the chosen step, what the curve does, show, remove. */

import { button, toggle } from "../shared/controls.js";
import { h, s } from "../shared/dom.js";
import { short } from "./model.js";

/**
 * @typedef {object} Row
 * @property {string} key
 * @property {number} place its colour and dashes
 * @property {import("./model.js").Settings} run
 * @property {Float64Array} costs
 * @property {string} sentence what the curve does
 * @property {boolean} diverges
 */

/**
 * @param {object} doing
 * @param {(key: string, shown: boolean) => void} doing.onShow
 * @param {(key: string) => void} doing.onRemove
 */
export function runsList({ onShow, onRemove }) {
  const body = h("tbody");
  const head = ["curve", "η", "hidden units", "step", "cost", "what it does", "remove"];
  const el = h(
    "table",
    { class: "lw-runs" },
    h("caption", { class: "lw-spoken", text: "Runs, and the cost of each at the chosen step" }),
    h("thead", {}, h("tr", {}, ...head.map((text) => h("th", { scope: "col", text })))),
    body,
  );
  /** @type {Map<string, ReturnType<typeof makeRow>>} */
  const rows = new Map();

  /** @param {Row} row */
  function makeRow({ key, place, run }) {
    const name = `η = ${run.learning_rate}, ${run.n_h} hidden units, ${run.steps} steps, seed ${run.seed}`;
    const sample = s("svg", { viewBox: "0 0 44 14", width: 44, height: 14, "aria-hidden": "true" });
    sample.append(s("path", { class: `lw-run lw-run-${place}`, d: "M2 7h40" }));
    const shown = toggle("", (on) => onShow(key, on));
    shown.input.setAttribute("aria-label", `show the curve of ${name}`);
    shown.el.append(sample);
    const remove = button("Remove", () => onRemove(key), { title: `Remove the curve of ${name}` });
    remove.el.setAttribute("aria-label", `Remove the curve of ${name}`);
    const step = h("td", { class: "lw-figure" });
    const cost = h("td", { class: "lw-figure" });
    const does = h("td");
    const tr = h(
      "tr",
      {},
      h("td", {}, shown.el),
      h("td", { class: "lw-figure", text: String(run.learning_rate) }),
      h("td", { class: "lw-figure", text: String(run.n_h) }),
      step,
      cost,
      does,
      h("td", {}, remove.el),
    );
    return { tr, shown, step, cost, does };
  }

  return {
    el,
    /**
     * Show these runs, at a step.
     * @param {Row[]} now
     * @param {number} step
     */
    show(now, step) {
      const keys = now.map((row) => row.key);
      for (const [key, { tr }] of rows) {
        if (keys.includes(key)) continue;
        tr.remove();
        rows.delete(key);
      }
      for (const row of now) {
        let made = rows.get(row.key);
        if (!made) {
          made = makeRow(row);
          rows.set(row.key, made);
          body.append(made.tr);
        }
        const there = Math.min(step, row.costs.length - 1);
        write(made.step, there < 0 ? "–" : String(there));
        write(made.cost, there < 0 ? "–" : short(row.costs[there]));
        write(made.does, row.sentence);
        made.does.className = row.diverges ? "lw-diverges" : "";
        made.shown.show(!row.run.hidden);
      }
      el.hidden = now.length === 0;
    },
  };
}

/** @param {HTMLElement} cell @param {string} text */
function write(cell, text) {
  if (cell.textContent !== text) cell.textContent = text;
}
