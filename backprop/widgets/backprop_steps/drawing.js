/** The 2-3-1 network as SVG: a parameter on every edge, what passes through in every node. */

import { brief } from "../shared/brief.js";
import { s } from "../shared/dom.js";
import { say } from "../shared/say.js";

const WIDTH = 640;
const HEIGHT = 404;
const HALF = 60; // half the width of a unit
const RADIUS = 26; // of an input
const INPUTS = [
  [46, 130],
  [46, 270],
];
const HIDDEN = [
  [330, 68],
  [330, 208],
  [330, 348],
];
const OUTPUT = [[566, 208]];
/** How far along its edge a number stands, by its source: so that none covers another. */
const ALONG = /** @type {Record<string, number[]>} */ ({ W1: [0.34, 0.72], W2: [0.42, 0.42, 0.42] });

/** @typedef {import("./model.js").Matrix} Matrix */

/**
 * What a drawing is told.
 * @typedef {object} Shown
 * @property {Record<string, Matrix>} values every quantity by its name, X, Y and the parameters among them
 * @property {Set<string>} known the names of the quantities that are computed already
 * @property {number} sample
 * @property {string} step the quantity that is being computed
 * @property {Set<string>} lit the entries that go into the one that is explained
 * @property {string} made the entry that is explained
 */

/**
 * Make the drawing; `choose` is called with a quantity, a row and a column when one of its entries is clicked.
 * @param {(name: string, row: number, column: number) => void} choose
 */
export function drawing(choose) {
  const svg = s("svg", { class: "steps-net lw-plot", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
  const edges = s("g");
  const nodes = s("g");
  svg.append(edges, nodes);
  /** @type {Map<string, SVGGElement>} */
  const edgesByKey = new Map();
  /** @type {{name: string, row: number, column: number | null, group: SVGGElement, text: SVGTextElement, lead: string}[]} */
  const places = [];

  /**
   * Put one entry somewhere; a column of null means that of the sample.
   * @param {Element} parent
   * @param {string} name
   * @param {number} row
   * @param {number | null} column
   * @param {{x: number, y: number, wide: number, lead?: string}} options
   */
  function place(parent, name, row, column, { x, y, wide, lead = "" }) {
    const text = s("text", { x, y: y + 4.5 });
    const group = s(
      "g",
      { class: `steps-value ${name.startsWith("d") ? "steps-back" : ""}` },
      s("rect", { class: "steps-mark", x: x - wide / 2, y: y - 8.5, width: wide, height: 17, rx: 4 }),
      text,
    );
    parent.append(group);
    places.push({ name, row, column, group, text, lead });
    return group;
  }

  /** @type {(name: "W1" | "W2", lefts: number[][], rights: number[][], gap: number) => void} */
  function connect(name, lefts, rights, gap) {
    rights.forEach((right, i) => {
      lefts.forEach((left, k) => {
        const [x1, y1, x2, y2] = [left[0] + gap, left[1], right[0] - HALF, right[1]];
        const along = ALONG[name][k];
        const [x, y] = [x1 + along * (x2 - x1), y1 + along * (y2 - y1)];
        const hit = s("g", { class: "steps-edge", "data-edge": `${name}[${i}, ${k}]` });
        hit.append(s("path", { class: "steps-line", d: `M${x1} ${y1}L${x2} ${y2}` }));
        const numbers = s("g", { class: "steps-numbers" });
        place(numbers, name, i, k, { x, y: y - 9, wide: 54 });
        place(numbers, `d${name}`, i, k, { x, y: y + 9, wide: 82, lead: "d " });
        hit.append(numbers);
        hit.addEventListener("click", () => choose(name, i, k));
        edges.append(hit);
        edgesByKey.set(`${name}[${i}, ${k}]`, hit);
      });
    });
  }
  connect("W1", INPUTS, HIDDEN, RADIUS);
  connect("W2", HIDDEN, OUTPUT, HALF);

  const inputNames = INPUTS.map(([x, y], k) => {
    nodes.append(s("circle", { class: "steps-input", cx: x, cy: y, r: RADIUS }));
    place(nodes, "X", k, null, { x, y, wide: 44 });
    const name = s("text", { x, y: y - RADIUS - 8, class: "steps-word" });
    nodes.append(name);
    return name;
  });
  const units = [...HIDDEN.map((at, i) => ({ at, i, layer: 1 })), { at: OUTPUT[0], i: 0, layer: 2 }];
  for (const { at, i, layer } of units) {
    const [x, y] = at;
    const group = s("g", { class: "steps-unit" });
    group.append(s("rect", { class: "steps-box", x: x - HALF, y: y - 30, width: 2 * HALF, height: 60, rx: 10 }));
    for (const [name, down] of /** @type {[string, number][]} */ ([
      ["Z", -18],
      ["A", 0],
      ["dZ", 18],
    ])) {
      const entry = place(group, `${name}${layer}`, i, null, {
        x,
        y: y + down,
        wide: 2 * HALF - 6,
        lead: `${name}${layer} `,
      });
      entry.addEventListener("click", () => choose(`${name}${layer}`, i, -1));
    }
    const bias = place(group, `b${layer}`, i, 0, { x: x - 33, y: y - 41, wide: 64, lead: `b${layer} ` });
    const slope = place(group, `db${layer}`, i, 0, { x: x + 35, y: y - 41, wide: 82, lead: "d " });
    for (const entry of [bias, slope]) entry.addEventListener("click", () => choose(`b${layer}`, i, 0));
    nodes.append(group);
  }
  const [right, middle] = OUTPUT[0];
  place(nodes, "Y", 0, null, { x: right, y: middle + 52, wide: 110, lead: "target Y " });
  nodes.append(s("rect", { class: "steps-cost", x: right - HALF, y: middle + 76, width: 2 * HALF, height: 32, rx: 6 }));
  place(nodes, "cost", 0, 0, { x: right, y: middle + 92, wide: 2 * HALF - 6, lead: "cost " });

  let scene = "";
  /** Light up what a step is about: only when it is another one, since most frames only change numbers. */
  function light(/** @type {Omit<Shown, "values">} */ { known, sample, step, lit, made }) {
    const wanted = `${step} ${sample} ${made}`;
    if (wanted === scene) return;
    scene = wanted;
    for (const { name, row, column, group } of places) {
      const key = `${name}[${row}, ${column ?? sample}]`;
      const there = known.has(name);
      group.setAttribute("data-at", key);
      group.classList.toggle("steps-empty", !there && name.startsWith("d"));
      group.classList.toggle("steps-unknown", !there);
      group.classList.toggle("steps-lit", lit.has(key));
      group.classList.toggle("steps-step", name === step);
      group.classList.toggle("steps-made", key === made);
    }
    for (const [key, edge] of edgesByKey) {
      edge.classList.toggle("steps-lit-edge", lit.has(key) || made === `d${key}`);
    }
  }

  return {
    svg,
    /** @param {Shown} shown */
    show({ values, known, sample, step, lit, made }) {
      inputNames.forEach((name, k) => {
        say(name, `X[${k}, ${sample}]`);
      });
      for (const { name, row, column, text, lead } of places) {
        const later = name.startsWith("d") ? "" : `${lead}?`; // what comes back has no place until it comes
        say(text, known.has(name) ? `${lead}${brief(values[name][row][column ?? sample])}` : later);
      }
      light({ known, sample, step, lit, made });
    },
  };
}
