/** All bars of a chain that is wider than the page, small: to see at a glance how δ shrinks or grows. */

import { h, s, set } from "../shared/dom.js";
import { barHeight, barTop } from "./bars.js";

const STEP = 10; // of a unit, in the picture's own units; it is stretched to the width of the page
const HEIGHT = 30;

/**
 * Make the overview of a chain of L units. What it shows is said by the bars below the chain.
 * @param {number} L
 */
export function overview(L) {
  const bars = Array.from({ length: L }, (_, i) =>
    s("rect", { class: "chain-bar", x: i * STEP + 2, width: STEP - 4, y: HEIGHT, height: 0 }),
  );
  const band = s("rect", { class: "chain-band", y: 0, height: HEIGHT });
  const view = { viewBox: `0 0 ${L * STEP} ${HEIGHT}`, preserveAspectRatio: "none" };
  const svg = s("svg", { class: "chain-small", "aria-hidden": "true", ...view }, band, ...bars);
  const el = h("div", { class: "chain-overview" }, h("span", { text: `|δ|, all ${L}` }), svg);

  return {
    el,
    /** Mark the units that are in view: from one to another, counted from 0. @param {number} from @param {number} to */
    mark(from, to) {
      set(band, { x: from * STEP, width: Math.max(0, to - from) * STEP });
    },
    /**
     * @param {object} shown
     * @param {number[]} shown.delta
     * @param {number} shown.from the lowest unit whose δ is known already
     * @param {boolean} shown.log
     */
    show({ delta, from, log }) {
      const top = barTop(delta, log);
      bars.forEach((bar, i) => {
        const height = i + 1 >= from ? HEIGHT * barHeight(Math.abs(delta[i]), top, log) : 0;
        set(bar, { y: HEIGHT - height, height });
      });
    },
  };
}
