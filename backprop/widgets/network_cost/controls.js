/** What `NetworkCost` maps: two single parameters, chosen by name, row and column, or two directions; closer or wider. */

import { button, choice, menu } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { wholeNumber } from "../shared/fields.js";

const ENTRY = /^\s*(\w+)\s*\[\s*(\d+)\s*,\s*(\d+)\s*\]\s*$/;

/**
 * Return "W1[0, 5]" in its parts; the first entry where it is not written so.
 * @param {string} text
 * @param {Record<string, number[]>} shapes
 */
export function parts(text, shapes) {
  const found = ENTRY.exec(text);
  if (!found || !(found[1] in shapes)) return { name: Object.keys(shapes)[0], row: 0, column: 0 };
  return { name: found[1], row: Number(found[2]), column: Number(found[3]) };
}

/**
 * Return a parameter as text, held inside its array.
 * @param {{name: string, row: number, column: number}} entry
 * @param {Record<string, number[]>} shapes
 */
export function written({ name, row, column }, shapes) {
  const [rows, columns] = shapes[name];
  return `${name}[${Math.min(row, rows - 1)}, ${Math.min(column, columns - 1)}]`;
}

/**
 * Choose one parameter: the array from a list, row and column as numbers.
 * @param {string} label
 * @param {Record<string, number[]>} shapes
 * @param {(text: string) => void} onChange
 */
export function entryChooser(label, shapes, onChange) {
  let now = { name: Object.keys(shapes)[0], row: 0, column: 0 };
  const tell = (/** @type {Partial<typeof now>} */ patch) => onChange(written({ ...now, ...patch }, shapes));
  const names = menu(
    label,
    Object.keys(shapes).map((name) => [name, name]),
    (name) => tell({ name }),
  );
  const row = wholeNumber({ label: "row", min: 0, max: 0, onInput: (value) => tell({ row: value }) });
  const column = wholeNumber({ label: "column", min: 0, max: 0, onInput: (value) => tell({ column: value }) });
  row.input.setAttribute("aria-label", `${label}: row`);
  column.input.setAttribute("aria-label", `${label}: column`);
  return {
    el: h("div", { class: "lw-network-entry" }, names.el, row.el, column.el),
    /** @param {string} text */
    show(text) {
      now = parts(text, shapes);
      names.show(now.name);
      row.upTo(shapes[now.name][0] - 1);
      column.upTo(shapes[now.name][1] - 1);
      row.show(now.row);
      column.show(now.column);
    },
  };
}

/**
 * All that says which map is shown.
 * @param {import("../shared/state.js").Model} model
 * @param {(patch: Record<string, any>) => void} another called with what makes another map
 */
export function viewControls(model, another) {
  const shapes = model.get("_shapes");
  const directions = choice(
    "what the map runs over",
    [
      ["parameters", "two parameters"],
      ["random", "two random directions"],
      ["path", "the directions of the path"],
    ],
    (value) => another({ directions: value }),
  );
  const across = entryChooser("across", shapes, (value) => value !== model.get("up") && another({ across: value }));
  const up = entryChooser("up", shapes, (value) => value !== model.get("across") && another({ up: value }));
  const seed = wholeNumber({ label: "seed", min: 0, max: 2 ** 32 - 1, onInput: (value) => another({ seed: value }) });
  const closer = button("Closer", () => another({ zoom: model.get("zoom") * 2 }));
  const wider = button("Wider", () => another({ zoom: model.get("zoom") / 2 }));
  const entries = h("div", { class: "lw-row" }, across.el, up.el);
  const seeds = h("div", { class: "lw-row" }, seed.el);
  return {
    parts: [h("div", { class: "lw-row" }, directions.el), entries, seeds],
    zoom: [closer.el, wider.el],
    show() {
      const now = model.get("directions");
      directions.show(now);
      entries.hidden = now !== "parameters";
      seeds.hidden = now !== "random";
      across.show(model.get("across"));
      up.show(model.get("up"));
      seed.show(model.get("seed"));
    },
  };
}
