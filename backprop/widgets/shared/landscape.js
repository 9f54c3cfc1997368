/** A map of heights under a plot: grey, white low and black high, with contour lines and the heights written on them. */

import { contour, levels } from "./contours.js";
import { s, set } from "./dom.js";
import { heatLayer } from "./heat.js";
import { significant } from "./numbers.js";

const DARK = 0.42; // from this share of the heights on, the ground is so dark that the lines on it are light
const ROOM = 22; // pixels from the frame that a written height needs
const APART = { across: 44, down: 18 }; // pixels between two written heights
const TURN = 0.382; // of a line, from one height to the next: else all would be written side by side

/** @typedef {import("./contours.js").Grid} Grid */

/**
 * Add a map to a plot; `show` draws it again.
 * @param {ReturnType<typeof import("./plot.js").plot>} plot
 */
export function landscape(plot) {
  const heat = heatLayer(plot);
  const lines = s("g", { "clip-path": `url(#${plot.clip})`, "aria-hidden": "true" });
  plot.under.append(lines);

  /** @param {Grid} grid @param {[number, number]} at */
  const toPixel = ({ nx, ny }, [i, j]) => [
    plot.box.x + (i / (nx - 1)) * plot.box.width,
    plot.box.y + plot.box.height - (j / (ny - 1)) * plot.box.height,
  ];

  /**
   * Find a place on a line that is inside the frame and apart from those that are taken; undefined where there is none.
   * @param {number[][]} line
   * @param {number[][]} taken
   * @param {number} from where to begin looking, as a share of the line
   */
  function room(line, taken, from) {
    const { x, y, width, height } = plot.box;
    const begin = Math.floor(from * line.length);
    return [...line.slice(begin), ...line.slice(0, begin)].find(
      ([px, py]) =>
        px > x + ROOM &&
        px < x + width - ROOM &&
        py > y + ROOM &&
        py < y + height - ROOM &&
        taken.every(([tx, ty]) => Math.abs(px - tx) > APART.across || Math.abs(py - ty) > APART.down),
    );
  }

  return {
    /**
     * @param {Grid} grid
     * @param {number} low painted white
     * @param {number} high painted black
     * @param {number[]} [at] the heights of the lines
     */
    show(grid, low, high, at = levels(low, high)) {
      heat.show(grid, low, high);
      const drawn = [];
      const written = [];
      /** @type {number[][]} */
      const taken = [];
      for (const level of at) {
        const found = contour(grid, level).map((line) => line.map((point) => toPixel(grid, point)));
        if (found.length === 0) continue;
        const d = found.map((line) => `M${line.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`).join("");
        const dark = (level - low) / (high - low) > DARK;
        drawn.push(s("path", { class: dark ? "lw-contour lw-on-dark" : "lw-contour", d }));
        const longest = found.reduce((one, other) => (other.length > one.length ? other : one));
        const place = room(longest, taken, (0.3 + taken.length * TURN) % 1);
        if (place) {
          taken.push(place);
          const text = s("text", { class: "lw-height", "text-anchor": "middle", text: significant(level) });
          set(text, { x: place[0], y: place[1] + 4 });
          written.push(text);
        }
      }
      lines.replaceChildren(...drawn, ...written);
    },
  };
}
