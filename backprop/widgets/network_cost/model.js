/**
 * The map of a network's cost as the browser gets it: computed point by point in the kernel, coarse points first.
 *
 * `model.py` says the same in NumPy, and a golden file proves that both agree. Nothing is drawn here.
 */

/** Steps of the grid, coarsest first. */
export const STRIDES = [8, 4, 2, 1];

/**
 * Where a map lies: its middle, and half of its width and height.
 * @typedef {{a: number, b: number, half: number}} Window
 */

/** @type {Map<number, [number, number][]>} */
const orders = new Map();

/**
 * Return the points (row, column) of a square grid in the order in which they are computed.
 * @param {number} size
 * @returns {[number, number][]}
 */
export function order(size) {
  const known = orders.get(size);
  if (known) return known;
  /** @type {[number, number][]} */
  const found = [];
  const seen = new Uint8Array(size * size);
  for (const stride of STRIDES) {
    for (let row = 0; row < size; row += stride) {
      for (let column = 0; column < size; column += stride) {
        if (seen[row * size + column]) continue;
        seen[row * size + column] = 1;
        found.push([row, column]);
      }
    }
  }
  orders.set(size, found);
  return found;
}

/**
 * Return the map, row after row, from the first costs in the order of `order`, as far as they go.
 *
 * A point without a cost yet lies halfway between its coarser neighbours; NaN where those are not there either.
 * @param {ArrayLike<number>} costs
 * @param {number} size
 * @returns {Float64Array}
 */
export function filled(costs, size) {
  const grid = new Float64Array(size * size).fill(Number.NaN);
  const known = new Uint8Array(size * size);
  const places = order(size);
  for (let i = 0; i < costs.length; i += 1) {
    const at = places[i][0] * size + places[i][1];
    grid[at] = costs[i];
    known[at] = 1;
  }
  for (const stride of STRIDES.slice(1)) {
    for (let row = 0; row < size; row += stride) {
      for (let column = 0; column < size; column += stride) {
        const at = row * size + column;
        if (known[at]) continue;
        const across = (column / stride) % 2 === 1 ? stride : 0;
        const up = (row / stride) % 2 === 1 ? stride * size : 0;
        if (across && up) {
          grid[at] =
            (grid[at - up - across] + grid[at - up + across] + grid[at + up - across] + grid[at + up + across]) / 4;
        } else if (across || up) grid[at] = (grid[at - up - across] + grid[at + up + across]) / 2;
      }
    }
  }
  return grid;
}

/**
 * Return the cost at (a, b) between the four points of the map around it; NaN outside of the map.
 * @param {ArrayLike<number>} grid  size × size costs, the lowest row first
 * @param {number} size
 * @param {Window} window
 * @param {number} a
 * @param {number} b
 * @returns {number}
 */
export function interpolated(grid, size, window, a, b) {
  const last = size - 1;
  const x = (((a - window.a) / window.half + 1) / 2) * last;
  const y = (((b - window.b) / window.half + 1) / 2) * last;
  if (!(x >= 0 && x <= last && y >= 0 && y <= last)) return NaN;
  const column = Math.min(Math.trunc(x), last - 1);
  const row = Math.min(Math.trunc(y), last - 1);
  const right = x - column;
  const above = y - row;
  const at = row * size + column;
  const low = grid[at] * (1 - right) + grid[at + 1] * right;
  const high = grid[at + size] * (1 - right) + grid[at + size + 1] * right;
  return low * (1 - above) + high * above;
}
