/** What CostContour derives from its state, kept until that part of the state changes. */

import { numbers } from "../shared/work.js";
import { blend, surface, walk } from "./model.js";

/** @typedef {[number, number]} Point */
/** @typedef {{w: [number, number], b: [number, number]}} Range */

/**
 * Read the map and the student's slopes, now and whenever Python sends others; what is sent is shown on `ground`.
 * @param {import("../shared/frame.js").Frame} frame
 * @param {Range} range
 * @param {import("./model.js").Landscape | null} unit the neuron, where the map is a neuron's
 * @param {ReturnType<typeof import("./map.js").costMap>["ground"]} ground
 */
export function readings({ model, atEnd }, range, unit, ground) {
  const get = (/** @type {string} */ name) => model.get(name);
  const [nx, ny] = get("nodes");
  const [ownX, ownY] = get("own_nodes");
  /** @type {Float64Array} */
  let off = new Float64Array(0);
  let landscape = /** @type {import("./model.js").Landscape} */ (unit);
  let gone = walk({ at: () => ({ cost: 0, alongW: 0, alongB: 0 }) }, 0, 0, 1);
  let goneFrom = "";

  function readHeights() {
    const heights = numbers(get("heights"));
    const known = heights.filter(Number.isFinite);
    if (known.length === 0) return;
    const low = known.reduce((one, other) => Math.min(one, other));
    const high = known.reduce((one, other) => Math.max(one, other));
    ground.show({ values: heights, nx, ny }, low, high);
    if (!get("is_neuron") || !unit) landscape = surface({ values: heights, nx, ny }, range.w, range.b);
    goneFrom = "";
  }

  function readOwn() {
    off = numbers(get("own_off"));
  }

  for (const [event, read] of /** @type {[string, () => void][]} */ ([
    ["change:heights", readHeights],
    ["change:own_off", readOwn],
  ])) {
    model.on(event, read);
    atEnd(() => model.off(event, read));
    read();
  }

  return {
    /** Return the walk from the start downhill. */
    path() {
      const from = `${get("w")} ${get("b")} ${get("eta")}`;
      if (from !== goneFrom) {
        gone = walk(landscape, get("w"), get("b"), get("eta"));
        goneFrom = from;
      }
      return gone;
    },

    /**
     * Return the slopes that the student's functions give where the true ones are `gradient`.
     * @param {Point} at
     * @param {Point} gradient
     * @returns {Point}
     */
    ownGradient(at, gradient) {
      const beside = blend(off, { nx: ownX, ny: ownY, depth: 2 }, range.w, range.b, ...at);
      return [gradient[0] + beside[0], gradient[1] + beside[1]];
    },
  };
}
