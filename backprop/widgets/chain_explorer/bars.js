/** Bars of |δ|, one below each unit, on a plain or a logarithmic scale. */

import { brief } from "../shared/brief.js";
import { s, set } from "../shared/dom.js";
import { say } from "../shared/say.js";
import { columns, LEFT, rowNames } from "./drawing.js";

const TOP = 16;
const FLOOR = 116;
const HEIGHT = 142;
const DECADES = 10; // powers of ten that a logarithmic scale shows

/**
 * Return the number at the top of the bars: a power of ten, on a plain scale also 2, 3 or 5 times one.
 * @param {number[]} delta
 * @param {boolean} log
 */
export function barTop(delta, log) {
  const largest = Math.max(...delta.map(Math.abs));
  if (largest === 0) return 1;
  const ten = 10 ** Math.floor(Math.log10(largest));
  const factor = (log ? [1, 10] : [1, 2, 3, 5, 10]).find((k) => largest <= ten * k * (1 + 1e-9)) ?? 10;
  return ten * factor;
}

/**
 * Return how high a bar stands, from 0 to 1; on a logarithmic scale, ten powers of ten below the top are 0.
 * @param {number} size
 * @param {number} top
 * @param {boolean} log
 */
export function barHeight(size, top, log) {
  return log ? Math.max(0, 1 + Math.log10(Math.max(size / top, 1e-300)) / DECADES) : size / top;
}

/**
 * Make the bars of a chain of L units in a picture of this width; `show` gives them their heights.
 * @param {number} L
 * @param {number} available
 */
export function barsDrawing(L, available) {
  const { column, at, width } = columns(available, L);
  const half = Math.min(column * 0.32, 36);
  const svg = s("svg", { class: "chain", width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "img" });
  const topWord = s("text", { x: LEFT - 5, y: TOP + 5, class: "chain-axis" });
  const floorWord = s("text", { x: LEFT - 5, y: FLOOR + 5, class: "chain-axis" });
  const bars = Array.from({ length: L }, (_, i) =>
    s("rect", { class: "chain-bar", x: at[i + 1] - half, width: 2 * half, "data-bar": i + 1 }),
  );
  const marks = Array.from({ length: L }, (_, i) => s("path", { class: "chain-own", "data-own": i + 1 }));
  svg.append(
    s("path", { class: "chain-guide", d: `M${LEFT} ${TOP}H${at[L + 1]}` }),
    s("path", { class: "chain-floor", d: `M${LEFT} ${FLOOR}H${at[L + 1]}` }),
    ...bars,
    ...marks,
  );
  for (let i = 1; i <= L; i++) svg.append(s("text", { x: at[i], y: FLOOR + 19, class: "chain-word", text: i }));
  const name = s("text", { x: 2, y: (TOP + FLOOR) / 2, class: "chain-row", text: "|δ|" });
  svg.append(rowNames(HEIGHT, [name, topWord, floorWord]));

  return {
    svg,
    /**
     * @param {object} shown
     * @param {number[]} shown.delta
     * @param {number} shown.from the lowest unit whose δ is known already
     * @param {boolean} shown.log
     * @param {number[] | null} shown.own what the student's function says δ is
     */
    show({ delta, from, log, own }) {
      const top = barTop(delta, log);
      say(topWord, brief(top, 1));
      say(floorWord, log ? brief(top / 10 ** DECADES, 1) : "0");
      bars.forEach((bar, i) => {
        const known = i + 1 >= from;
        const height = known ? (FLOOR - TOP) * barHeight(Math.abs(delta[i]), top, log) : 0;
        set(bar, { y: FLOOR - height, height });
        bar.classList.toggle("chain-now", i + 1 === from);
        const size = own && known ? Math.min(1, barHeight(Math.abs(own[i]), top, log)) : -1;
        const middle = FLOOR - (FLOOR - TOP) * size;
        set(marks[i], { d: size < 0 ? "" : `M${at[i + 1]} ${middle - 7}l7 7-7 7-7-7z` });
      });
    },
  };
}
