// Turn a drawing into the picture that the network was trained on: its size, its pen, its place.
// The same as digit_gallery_drawing.py, to which a golden file holds it. Pure: knows nothing of the page.

export const PAD = 100;

/**
 * @typedef {[number, number]} Point  x and y on the pad, from 0 to 100, y downwards
 * @typedef {Point[][]} Strokes
 * @typedef {{side: number, box: Point, pen: number, middle: number, stretch: number}} Frame
 * @typedef {[number, number, number, number]} Line  ax, ay, bx, by
 */

/** How digits lie in pictures of `side` x `side` pixels. @param {number} side @returns {Frame} */
export function frame(side) {
  if (side === 8) return { side, box: [6, 8], pen: 1.2, middle: 4, stretch: 2 };
  const unit = side / 28;
  return { side, box: [20 * unit, 20 * unit], pen: 2.6 * unit, middle: 14.5 * unit, stretch: 1 };
}

/**
 * The drawing as side x side pixels from 0 to 1, row by row, scaled and centred as the data is; zeros for no ink.
 * @param {Strokes} strokes
 * @param {number} side
 * @returns {Float64Array}
 */
export function toImage(strokes, side) {
  const drawn = segments(strokes);
  if (!drawn.length) return new Float64Array(side * side);
  const form = frame(side);
  const { lines, size } = fitted(drawn, form);
  const stretch = size.map((s, k) => Math.min(Math.max(form.box[k] / s, 1), form.stretch));
  const mass = centreOfMass(ink(lines, form, stretch), side);
  // No ink is lost: a digit moves only as far as there is room around it.
  const [dx, dy] = size.map((s, k) => {
    const room = Math.max((side - s * stretch[k]) / 2, 0);
    return Math.min(Math.max(form.middle - mass[k], -room), room) / stretch[k];
  });
  const moved = lines.map(([ax, ay, bx, by]) => /** @type {Line} */ ([ax + dx, ay + dy, bx + dx, by + dy]));
  return ink(moved, form, stretch);
}

/** The straight lines of a drawing; a dot is a line too. @param {Strokes} strokes @returns {Line[]} */
function segments(strokes) {
  /** @type {Line[]} */
  const lines = [];
  for (const stroke of strokes) {
    if (stroke.length === 1) lines.push([...stroke[0], ...stroke[0]]);
    for (let k = 1; k < stroke.length; k++) lines.push([...stroke[k - 1], ...stroke[k]]);
  }
  return lines;
}

/**
 * The lines, scaled to fill the box and laid in the middle of the picture, and how wide and high their ink is.
 * @param {Line[]} drawn
 * @param {Frame} form
 * @returns {{lines: Line[], size: number[]}}
 */
function fitted(drawn, form) {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (const line of drawn) {
    line.forEach((value, k) => {
      low[k % 2] = Math.min(low[k % 2], value);
      high[k % 2] = Math.max(high[k % 2], value);
    });
  }
  const extent = [high[0] - low[0], high[1] - low[1]];
  const scales = extent.map((e, k) => (e > 0 ? (form.box[k] - form.pen) / e : Infinity));
  const least = Math.min(...scales);
  const scale = least === Infinity ? 1 : least;
  const place = (/** @type {number} */ value, /** @type {number} */ k) =>
    (value - (low[k % 2] + high[k % 2]) / 2) * scale + form.side / 2;
  return {
    lines: drawn.map((line) => /** @type {Line} */ (line.map(place))),
    size: extent.map((e) => e * scale + form.pen),
  };
}

/**
 * The picture of the lines: 1 under the pen, and soft over one pixel at its edge.
 * @param {Line[]} lines
 * @param {Frame} form
 * @param {number[]} stretch  how many times wider and higher the picture is made from its middle outwards
 * @returns {Float64Array}
 */
function ink(lines, { side, pen }, stretch) {
  const middle = side / 2;
  const [across, down] = stretch.map((factor) =>
    Array.from({ length: side }, (_, i) => middle + (i + 0.5 - middle) / factor),
  );
  const away = new Float64Array(side * side).fill(Infinity);
  for (const [ax, ay, bx, by] of lines) {
    const dx = bx - ax;
    const dy = by - ay;
    const length = dx * dx + dy * dy || 1;
    for (let row = 0; row < side; row++) {
      const fromY = down[row] - ay;
      for (let column = 0; column < side; column++) {
        const fromX = across[column] - ax;
        const along = Math.min(Math.max((fromX * dx + fromY * dy) / length, 0), 1);
        const offX = fromX - along * dx;
        const offY = fromY - along * dy;
        const square = offX * offX + offY * offY;
        const at = row * side + column;
        if (square < away[at]) away[at] = square;
      }
    }
  }
  return away.map((square) => Math.min(Math.max(pen / 2 + 0.5 - Math.sqrt(square), 0), 1));
}

/** The point on which a picture would balance. @param {Float64Array} image @param {number} side @returns {Point} */
function centreOfMass(image, side) {
  let [mass, x, y] = [0, 0, 0];
  image.forEach((value, at) => {
    mass += value;
    x += value * ((at % side) + 0.5);
    y += value * (Math.floor(at / side) + 0.5);
  });
  return [x / mass, y / mass];
}

/**
 * Whether a pen that is now at `to` has moved far enough from `from` for a new point of its stroke.
 * @param {Point | undefined} from
 * @param {Point} to
 * @returns {boolean}
 */
export function isFarEnough(from, to) {
  return !from || Math.hypot(to[0] - from[0], to[1] - from[1]) >= 2;
}

/** A point on the pad, in whole units. @param {number} x @param {number} y @returns {Point} */
export function onPad(x, y) {
  const within = (/** @type {number} */ value) => Math.min(Math.max(Math.round(value), 0), PAD);
  return [within(x), within(y)];
}
