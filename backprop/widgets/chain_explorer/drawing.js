/** The chain as SVG: units in columns, what belongs together one below the other. */

import { brief, briefest } from "../shared/brief.js";
import { s } from "../shared/dom.js";
import { clamp } from "../shared/numbers.js";
import { say } from "../shared/say.js";
import { index } from "./sentences.js";

export const LEFT = 78; // pixels for the names of the rows
const NARROWEST = 60; // pixels a column needs for its numbers
const WIDEST = 160;
const ROOMY = 80; // from here on numbers have three digits
const Y = { name: 16, weight: 36, unit: 98, delta: 164, gradient: 202 };
const HEIGHT = 218;

/** @typedef {import("./model.js").Chain} Chain */

/**
 * What a drawing is told.
 * @typedef {object} Shown
 * @property {number} x
 * @property {number} y
 * @property {number[]} weights
 * @property {Chain} chain
 * @property {number} step how far the walk has come
 * @property {string[]} lit places whose numbers go into the formula
 * @property {string[]} made places whose numbers come out of it
 */

/**
 * Return where the columns stand in a picture of this width: the input, each unit, the loss.
 * @param {number} width
 * A column is never narrower than its numbers, even if the picture becomes wider than asked for.
 * @param {number} L
 */
export function columns(width, L) {
  const column = clamp((width - LEFT - 8) / (L + 2), NARROWEST, WIDEST);
  const at = Array.from({ length: L + 2 }, (_, i) => LEFT + column * (i + 0.5));
  return { column, at, width: LEFT + column * (L + 2) + 8 };
}

/**
 * Make the names of rows, on a ground of their own: they stay where they are while what is behind them is scrolled.
 * @param {number} height of the picture
 * @param {SVGElement[]} words
 */
export function rowNames(height, words) {
  const ground = s("rect", { class: "chain-ground", x: 0, y: 0, width: LEFT - 2, height });
  return s("g", { class: "chain-names" }, ground, ...words);
}

/**
 * Make the drawing of a chain of L units in a picture of this width; `show` puts the numbers in.
 * @param {number} L
 * @param {number} available
 */
export function drawing(L, available) {
  const { column, at, width } = columns(available, L);
  const half = Math.min(column * 0.4, 44); // of a unit
  const written = column >= ROOMY ? brief : briefest;
  const svg = s("svg", { class: "chain", width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "img" });
  svg.classList.toggle("chain-tight", column < ROOMY);
  /** @type {{name: string, kind: string, unit: number, group: SVGGElement, value: SVGTextElement}[]} */
  const places = [];
  /** @type {Map<string, SVGGElement>} */
  const links = new Map();

  /** @type {(x: number, y: number, text: string, cls?: string) => SVGTextElement} */
  const word = (x, y, text, cls = "chain-word") => {
    const node = s("text", { x, y, class: cls, text });
    svg.append(node);
    return node;
  };
  /** @type {(name: string, x: number, y: number, cls?: string) => void} */
  const place = (name, x, y, cls = "") => {
    const wide = Math.min(2 * half, column - 4);
    const value = s("text", { x, y: y + 5 });
    const mark = s("rect", { x: x - wide / 2, y: y - 11, width: wide, height: 22, rx: 5, class: "chain-mark" });
    const group = s("g", { "data-at": name, class: `chain-value ${cls}` }, mark, value);
    const [, kind, unit] = name.match(/^(\D+)(\d*)$/) ?? ["", "", ""];
    places.push({ name, kind, unit: Number(unit), group, value });
    svg.append(group);
  };
  /** @type {(from: number, to: number, y: number, name: string, cls: string) => void} */
  const arrow = (from, to, y, name, cls) => {
    const back = to > from ? -7 : 7;
    const line = s("path", { class: "chain-line", d: `M${from} ${y}H${to + back}` });
    const head = s("path", { class: "chain-head", d: `M${to} ${y}l${back}-5v10z` });
    const group = s("g", { class: cls, "data-link": name }, line, head);
    links.set(name, group);
    svg.append(group);
  };

  word(at[0], Y.unit - 22, "x");
  place("x", at[0], Y.unit);
  for (let i = 1; i <= L; i++) {
    const between = (at[i - 1] + at[i]) / 2;
    word(between, Y.name, `w${index(i)}`);
    svg.append(s("path", { class: "chain-stem", d: `M${between} ${Y.weight + 12}V${Y.unit}` }));
    arrow(at[i - 1] + half, at[i] - half, Y.unit, `forward${i}`, "chain-forward");
    svg.append(
      s("rect", { class: "chain-unit", x: at[i] - half, y: Y.unit - 26, width: 2 * half, height: 52, rx: 10 }),
    );
    place(`w${i}`, between, Y.weight, "chain-weight");
    place(`z${i}`, at[i], Y.unit - 12);
    place(`f${i}`, at[i], Y.unit + 12);
    place(`delta${i}`, at[i], Y.delta, "chain-delta");
    place(`gradient${i}`, between, Y.gradient, "chain-gradient");
  }
  arrow(at[L] + half, at[L + 1] - half, Y.unit, "forward-loss", "chain-forward");
  word(at[L + 1], Y.unit - 22, "loss");
  place("loss", at[L + 1], Y.unit, "chain-loss");
  word(at[L + 1], Y.name, "y");
  place("y", at[L + 1], Y.weight);
  svg.append(s("path", { class: "chain-loss-path", d: `M${at[L + 1]} ${Y.unit + 14}V${Y.delta}H${at[L + 1] - 6}` }));
  for (let i = L; i >= 1; i--) {
    const from = i === L ? at[L + 1] - 6 : at[i + 1] - half;
    arrow(from, at[i] + half, Y.delta, `backward${i}`, "chain-backward");
  }
  const rows = /** @type {[number, string][]} */ ([
    [Y.weight, "w"],
    [Y.unit - 12, "z"],
    [Y.unit + 12, "f = tanh z"],
    [Y.delta, "δ"],
    [Y.gradient, "∂loss/∂w"],
  ]);
  const names = rows.map(([row, text]) => s("text", { x: 2, y: row + 5, class: "chain-row", text }));
  svg.append(rowNames(HEIGHT, names));

  /** @type {(kind: string, unit: number, step: number) => boolean} */
  const reached = (kind, unit, step) => {
    if (kind === "z" || kind === "f") return step >= unit;
    if (kind === "loss") return step >= L + 1;
    if (kind === "delta" || kind === "gradient") return step >= 2 * L + 2 - unit;
    return true;
  };

  let scene = "";
  /** Light up what a step is about: only when it is another step, since most frames only change numbers. */
  function light(/** @type {number} */ step, /** @type {string[]} */ lit, /** @type {string[]} */ made) {
    const wanted = `${step} ${lit}`;
    if (wanted === scene) return;
    scene = wanted;
    for (const { name, kind, unit, group } of places) {
      group.classList.toggle("chain-unknown", !reached(kind, unit, step));
      group.classList.toggle("chain-lit", lit.includes(name));
      group.classList.toggle("chain-made", made.includes(name));
    }
    const now = linkOf(step, L);
    for (const [name, link] of links) link.classList.toggle("chain-now", name === now);
  }

  return {
    svg,
    column,
    L,
    /** @param {Shown} shown */
    show({ x, y, weights, chain, step, lit, made }) {
      /** @type {Record<string, number[]>} */
      const rows = { w: weights, z: chain.z, f: chain.f, delta: chain.delta, gradient: chain.gradient };
      /** @type {Record<string, number>} */
      const single = { x, y, loss: chain.loss };
      for (const { kind, unit, value } of places) {
        const number = unit ? rows[kind][unit - 1] : single[kind];
        say(value, reached(kind, unit, step) ? written(number) : "?");
      }
      light(step, lit, made);
    },
  };
}

/**
 * Return the name of the link that a step runs through.
 * @param {number} step
 * @param {number} L
 */
function linkOf(step, L) {
  if (step === 0) return "";
  if (step <= L) return `forward${step}`;
  return step === L + 1 ? "forward-loss" : `backward${2 * L + 2 - step}`;
}
