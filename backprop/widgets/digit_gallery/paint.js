/** Paint pixels and weights on a canvas. Paper is left clear, so that the theme's own shows through. */

const NEGATIVE = [0, 114, 178];
const POSITIVE = [213, 94, 0];

/**
 * Ink from 0 (none) to 1 (black); in a dark theme the style sheet turns it white.
 * @param {HTMLCanvasElement} canvas
 * @param {ArrayLike<number>} pixels side x side of them, row by row
 */
export function paintInk(canvas, pixels) {
  paint(canvas, pixels.length, inkOf(pixels));
}

/**
 * Many pictures in ink, one below the other, as one image. A canvas for each would be a layer for each, and to order
 * those takes the browser most of a frame, in every frame.
 * @param {ArrayLike<number>[]} pictures each side x side pixels
 * @returns {string} the image's address, with the image in it
 */
export function film(pictures) {
  const canvas = document.createElement("canvas");
  const pixels = pictures.flatMap((picture) => Array.from(picture));
  paint(canvas, pixels.length, inkOf(pixels), pictures.length);
  return canvas.toDataURL();
}

/**
 * @param {ArrayLike<number>} pixels
 * @returns {(data: Uint8ClampedArray, at: number, i: number) => void}
 */
function inkOf(pixels) {
  return (data, at, i) => {
    data[at + 3] = Math.round(255 * pixels[i]);
  };
}

/**
 * Weights: clear for 0, blue for negative and orange for positive ones, full for the largest.
 * @param {HTMLCanvasElement} canvas
 * @param {Float64Array} weights
 */
export function paintWeights(canvas, weights) {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;
  paint(canvas, weights.length, (data, at, i) => {
    data.set(weights[i] < 0 ? NEGATIVE : POSITIVE, at);
    data[at + 3] = Math.round((255 * Math.abs(weights[i])) / largest);
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} count
 * @param {(data: Uint8ClampedArray, at: number, i: number) => void} colour
 * @param {number} [frames] how many square pictures these pixels are, one below the other
 */
function paint(canvas, count, colour, frames = 1) {
  const side = Math.round(Math.sqrt(count / frames));
  if (canvas.width !== side) canvas.width = side;
  if (canvas.height !== side * frames) canvas.height = side * frames;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(side, side * frames);
  for (let i = 0; i < count; i += 1) colour(image.data, 4 * i, i);
  context.putImageData(image, 0, 0);
}
