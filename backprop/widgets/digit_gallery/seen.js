/** The picture that the network is looking at, a digit or the drawing, pixel by pixel. */

import { choice } from "../shared/controls.js";
import { h, set } from "../shared/dom.js";
import { fixed } from "../shared/numbers.js";
import { paintInk } from "./paint.js";

/** @param {(which: string) => void} choose */
export function seen(choose) {
  const look = choice(
    "Look at",
    [
      ["digit", "the selected picture"],
      ["drawing", "your drawing"],
    ],
    choose,
  );
  const canvas = h("canvas", { class: "dg-ink dg-large", role: "img", width: 1, height: 1 });
  const caption = h("p", { class: "dg-caption" });
  const title = h("p", { class: "dg-title", text: "What the network sees" });
  return {
    el: h(
      "div",
      { class: "dg-figure", role: "group", "aria-label": "What the network sees" },
      title,
      h("div", { class: "dg-frame" }, canvas),
      caption,
      look.el,
    ),
    /**
     * @param {Float64Array} pixels
     * @param {string} which "digit" or "drawing"
     * @param {import("./sentences.js").Digit} digit
     * @param {number} output
     */
    show(pixels, which, digit, output) {
      const drawing = which === "drawing";
      paintInk(canvas, pixels);
      look.show(which);
      const named = drawing ? "Your drawing" : `Picture ${digit.column}, a ${digit.label}`;
      caption.textContent = `${named}: output ${fixed(output, 3)}`;
      const called = drawing ? "Your drawing, scaled and centred" : `Picture ${digit.column}, a ${digit.label}`;
      set(canvas, { "aria-label": called });
    },
  };
}
