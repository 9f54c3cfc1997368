/**
 * Contour lines of values on a grid, straight through each cell, and at which levels; pure.
 *
 * The lines are those of marching squares, with the mean of the corners where a cell is a saddle:
 * https://en.wikipedia.org/wiki/Marching_squares
 */

// Shares of the way from the lowest to the highest value: close together in the valley, where descent takes place.
const SHARES = [0.004, 0.02, 0.04, 0.08, 0.12, 0.16, 0.2, 0.24, 0.32, 0.4, 0.48, 0.6, 0.8];

/**
 * Values on a grid, nx in a row, ny rows, the lowest row first.
 * @typedef {{values: ArrayLike<number>, nx: number, ny: number}} Grid
 * @typedef {[number, number]} Point
 */

/**
 * Return the levels of the lines between the lowest and the highest value: round numbers, since they are written there.
 * @param {number} low
 * @param {number} high
 */
export function levels(low, high) {
  if (!(high > low)) return [];
  const power = 10 ** Math.floor(Math.log10(high - low));
  const span = power * /** @type {number} */ ([1, 2, 2.5, 5, 10].find((k) => power * k >= high - low));
  const base = Math.floor(low / (span / 50)) * (span / 50);
  const found = SHARES.map((share) => Number((base + share * span).toPrecision(6)));
  return found.filter((level) => level > low && level < high);
}

/**
 * Return the lines at a level, each as points [i, j], counted in columns and rows; a closed one ends where it begins.
 * @param {Grid} grid
 * @param {number} level
 * @returns {Point[][]}
 */
export function contour(grid, level) {
  const name = (/** @type {Point} */ [i, j]) => `${i.toFixed(9)} ${j.toFixed(9)}`;
  /** @type {Map<string, [Point, Point][]>} */
  const at = new Map();
  const all = new Set(pieces(grid, level));
  for (const piece of all) for (const end of piece) at.set(name(end), [...(at.get(name(end)) ?? []), piece]);

  /** Walk from a point along pieces that no line has yet. @param {Point} from */
  function walk(from) {
    const line = [from];
    for (;;) {
      const here = name(line[line.length - 1]);
      const next = at.get(here)?.find((piece) => all.has(piece));
      if (!next) return line;
      all.delete(next);
      line.push(name(next[0]) === here ? next[1] : next[0]);
    }
  }

  const lines = [];
  for (const piece of all) {
    const there = walk(piece[0]);
    const back = walk(piece[0]);
    lines.push([...back.slice(1).reverse(), ...there]);
  }
  return lines;
}

/**
 * Return the straight pieces of the lines at a level, one for each cell, or two.
 *
 * A cell of which a corner is not finite has none. Where the crossings of a cell could be joined in two ways, the mean
 * of its corners decides.
 * @param {Grid} grid
 * @param {number} level
 * @returns {[Point, Point][]}
 */
function pieces({ values, nx: columns, ny: rows }, level) {
  /** @type {[Point, Point][]} */
  const found = [];
  for (let row = 0; row + 1 < rows; row += 1) {
    for (let column = 0; column + 1 < columns; column += 1) {
      const at = row * columns + column;
      const a = values[at];
      const b = values[at + 1];
      const c = values[at + columns + 1];
      const d = values[at + columns];
      const sum = a + b + c + d;
      if (!Number.isFinite(sum)) continue;
      const corners = (a > level ? 1 : 0) | (b > level ? 2 : 0) | (c > level ? 4 : 0) | (d > level ? 8 : 0);
      if (corners === 0 || corners === 15) continue;
      /** @type {Point[]} */
      const sides = [
        [column + (level - a) / (b - a), row],
        [column + 1, row + (level - b) / (c - b)],
        [column + (level - d) / (c - d), row + 1],
        [column, row + (level - a) / (d - a)],
      ];
      for (const [from, to] of joined(corners, sum / 4 > level)) found.push([sides[from], sides[to]]);
    }
  }
  return found;
}

const SIDES = { bottom: 0, right: 1, top: 2, left: 3 };

/**
 * Return which sides of a cell its lines join.
 * @param {number} corners one bit for each corner above the level: lower left, lower right, upper right, upper left
 * @param {boolean} middle whether the middle is above
 * @returns {[number, number][]}
 */
function joined(corners, middle) {
  const { bottom, right, top, left } = SIDES;
  const low = corners < 8 ? corners : 15 - corners; // a cell and its opposite have the same lines
  if (corners === 5 || corners === 10) {
    const cut = (corners === 5) === middle; // whether the lines cut off the lower right and the upper left corner
    return cut
      ? [
          [bottom, right],
          [left, top],
        ]
      : [
          [bottom, left],
          [right, top],
        ];
  }
  /** @type {Record<number, [number, number]>} */
  const lines = {
    1: [bottom, left],
    2: [bottom, right],
    3: [left, right],
    4: [right, top],
    6: [bottom, top],
    7: [left, top],
  };
  return [lines[low]];
}
