/** The mathematics of the cost map, as in model.py; pure. */

import { ACTIVATIONS } from "../shared/activations.js";

export const FAR = 1e6; // a path that goes as far as this has diverged

/**
 * The cost at a point, and its slopes along w and b.
 * @typedef {{cost: number, alongW: number, alongB: number}} Place
 * @typedef {{at: (w: number, b: number) => Place}} Landscape
 * @typedef {import("../shared/contours.js").Grid} Grid
 * @typedef {[number, number]} Range
 */

/**
 * The mean of (φ(w x + b) − y)² over the examples.
 * @param {string} activation
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} y
 * @returns {Landscape & {answer: (w: number, b: number, x: number) => number}}
 */
export function neuron(activation, x, y) {
  const phi = ACTIVATIONS[activation];
  const count = x.length;
  return {
    answer: (w, b, input) => phi.value(w * input + b),
    at(w, b) {
      let cost = 0;
      let alongW = 0;
      let alongB = 0;
      for (let k = 0; k < count; k += 1) {
        const z = w * x[k] + b;
        const error = phi.value(z) - y[k];
        const blame = 2 * error * phi.slope(z);
        cost += error ** 2;
        alongW += blame * x[k];
        alongB += blame;
      }
      return { cost: cost / count, alongW: alongW / count, alongB: alongB / count };
    },
  };
}

/**
 * A smooth surface through heights on a grid: cubic between them, with their slopes. NaN outside the grid, or where one
 * of the heights around is not finite.
 * @param {Grid} grid
 * @param {Range} wRange
 * @param {Range} bRange
 * @returns {Landscape}
 */
export function surface({ values, nx, ny }, wRange, bRange) {
  /** One step outside the grid, the surface goes on as straight as it ended. @type {(j: number, i: number) => number} */
  function height(j, i) {
    if (j < 0) return 2 * height(0, i) - height(1, i);
    if (j >= ny) return 2 * height(ny - 1, i) - height(ny - 2, i);
    if (i < 0) return 2 * height(j, 0) - height(j, 1);
    if (i >= nx) return 2 * height(j, nx - 1) - height(j, nx - 2);
    return values[j * nx + i];
  }
  return {
    at(w, b) {
      const across = ((w - wRange[0]) / (wRange[1] - wRange[0])) * (nx - 1);
      const up = ((b - bRange[0]) / (bRange[1] - bRange[0])) * (ny - 1);
      if (!(across >= 0 && across <= nx - 1 && up >= 0 && up <= ny - 1)) {
        return { cost: Number.NaN, alongW: Number.NaN, alongB: Number.NaN };
      }
      const i = Math.min(Math.floor(across), nx - 2);
      const j = Math.min(Math.floor(up), ny - 2);
      const nearW = weights(across - i);
      const nearB = weights(up - j);
      let cost = 0;
      let alongW = 0;
      let alongB = 0;
      for (let row = 0; row < 4; row += 1) {
        let value = 0;
        let slope = 0;
        for (let column = 0; column < 4; column += 1) {
          const here = height(j + row - 1, i + column - 1);
          value += nearW.value[column] * here;
          slope += nearW.slope[column] * here;
        }
        cost += nearB.value[row] * value;
        alongW += nearB.value[row] * slope;
        alongB += nearB.slope[row] * value;
      }
      const scaleW = (nx - 1) / (wRange[1] - wRange[0]);
      const scaleB = (ny - 1) / (bRange[1] - bRange[0]);
      return { cost, alongW: alongW * scaleW, alongB: alongB * scaleB };
    },
  };
}

/**
 * How much four neighbours count at `t` between the middle two (Catmull and Rom), and the slopes of that.
 * @param {number} t
 */
function weights(t) {
  return {
    value: [
      (((-t + 2) * t - 1) * t) / 2,
      ((3 * t - 5) * t * t + 2) / 2,
      (((-3 * t + 4) * t + 1) * t) / 2,
      ((t - 1) * t * t) / 2,
    ],
    slope: [((-3 * t + 4) * t - 1) / 2, ((9 * t - 10) * t) / 2, ((-9 * t + 8) * t + 1) / 2, ((3 * t - 2) * t) / 2],
  };
}

/**
 * A path of steepest descent that grows as it is asked for: `point(k)` is where k steps have led.
 * @param {Landscape} landscape
 * @param {number} w
 * @param {number} b
 * @param {number} eta
 */
export function walk(landscape, w, b, eta) {
  const ws = [w];
  const bs = [b];
  const places = [landscape.at(w, b)];
  let ended = false;
  return {
    ws,
    bs,
    places,
    /** Whether the path has ended: off a surface, or further away than FAR. */
    get ended() {
      return ended;
    },
    /**
     * Go on until so many steps are done or the path ends; return how many are done.
     * @param {number} steps
     */
    to(steps) {
      while (ws.length <= steps && !ended) {
        const last = ws.length - 1;
        const place = places[last];
        const nextW = ws[last] - eta * place.alongW;
        const nextB = bs[last] - eta * place.alongB;
        const next = landscape.at(nextW, nextB);
        if (!(Math.abs(nextW) <= FAR && Math.abs(nextB) <= FAR && Number.isFinite(next.cost))) {
          ended = true;
          break;
        }
        ws.push(nextW);
        bs.push(nextB);
        places.push(next);
      }
      return Math.min(steps, ws.length - 1);
    },
  };
}

/**
 * Samples on a grid, `depth` numbers for each node, at a point between, as flat between neighbours; outside, at the edge.
 * @param {ArrayLike<number>} samples
 * @param {{nx: number, ny: number, depth: number}} shape
 * @param {Range} wRange
 * @param {Range} bRange
 * @param {number} w
 * @param {number} b
 */
export function blend(samples, { nx, ny, depth }, wRange, bRange, w, b) {
  const within = (/** @type {number} */ part) => Math.min(Math.max(part, 0), 1);
  const across = within((w - wRange[0]) / (wRange[1] - wRange[0])) * (nx - 1);
  const up = within((b - bRange[0]) / (bRange[1] - bRange[0])) * (ny - 1);
  const i = Math.min(Math.floor(across), nx - 2);
  const j = Math.min(Math.floor(up), ny - 2);
  const s = across - i;
  const t = up - j;
  return Array.from({ length: depth }, (_, k) => {
    const at = (/** @type {number} */ row, /** @type {number} */ column) => samples[(row * nx + column) * depth + k];
    const low = at(j, i) * (1 - s) + at(j, i + 1) * s;
    const high = at(j + 1, i) * (1 - s) + at(j + 1, i + 1) * s;
    return low * (1 - t) + high * t;
  });
}

/**
 * The angle between two directions, in whole degrees from 0 to 180; NaN where one of them has no length.
 * @param {[number, number]} one
 * @param {[number, number]} other
 */
export function angle(one, other) {
  const lengths = Math.hypot(...one) * Math.hypot(...other);
  const cosine = (one[0] * other[0] + one[1] * other[1]) / lengths;
  return Math.round((Math.acos(Math.min(1, Math.max(-1, cosine))) * 180) / Math.PI);
}
