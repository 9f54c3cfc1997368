/** The two sliders that move the point on the map of NetworkCost. */

import { slider } from "../shared/controls.js";
import { clamp, significant, snap } from "../shared/numbers.js";
import { fine, labels, PARTS } from "./asked.js";

/**
 * Make the sliders; `show` brings them up to the state, and `move` puts the point somewhere, as dragging does.
 * @param {import("../shared/frame.js").Frame} frame
 * @param {ReturnType<typeof import("./results.js").results>} held
 */
export function pointControls({ model, change }, held) {
  /** @param {number} a @param {number} b */
  function move(a, b) {
    if (!held.shown) return;
    const { half } = held.shown.window;
    change({ point: [snap(a, fine(half)), snap(b, fine(half))] });
  }

  /** @param {number} axis @param {number} part from 0 to PARTS */
  function along(axis, part) {
    if (!held.shown) return 0;
    const { a, b, half } = held.shown.window;
    return (axis === 0 ? a : b) - half + (2 * half * part) / PARTS;
  }

  /** @param {number} axis @param {number} part */
  function slide(axis, part) {
    const { a, b } = held.place();
    const at = along(axis, part);
    if (axis === 0) move(at, b);
    else move(a, at);
  }

  const sliders = [0, 1].map((axis) =>
    slider({
      label: "",
      min: 0,
      max: PARTS,
      step: 1,
      onInput: (part) => slide(axis, part),
      format: (part) => significant(along(axis, part)),
    }),
  );

  return {
    sliders,
    move,
    show() {
      if (!held.shown) return;
      const { window } = held.shown;
      const point = held.place();
      const names = labels(model);
      for (const [axis, bar] of sliders.entries()) {
        const part = ((axis === 0 ? point.a - window.a : point.b - window.b) / window.half / 2 + 0.5) * PARTS;
        const name = bar.el.querySelector("label");
        if (name && name.textContent !== names[axis]) name.textContent = names[axis];
        bar.show(clamp(Math.round(part), 0, PARTS));
      }
    },
  };
}
