/** Scales, ticks and numbers as readers see them; pure. */

/**
 * A linear map from `domain` to `range`, with its inverse.
 * @param {[number, number]} domain
 * @param {[number, number]} range
 */
export function scale(domain, range) {
  const slope = (range[1] - range[0]) / (domain[1] - domain[0]);
  return {
    domain,
    range,
    /** @param {number} value */
    to: (value) => range[0] + (value - domain[0]) * slope,
    /** @param {number} pixel */
    from: (pixel) => domain[0] + (pixel - range[0]) / slope,
  };
}

/**
 * Round numbers from `low` to `high`, about so many.
 * @param {number} low
 * @param {number} high
 */
export function ticks(low, high, about = 6) {
  const raw = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * /** @type {number} */ ([1, 2, 5, 10].find((k) => power * k >= raw * (1 - 1e-9)));
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i <= Math.floor(high / step + 1e-9); i += 1) {
    found.push(Number((i * step).toFixed(12)) + 0);
  }
  return found;
}

/** @param {number} value @param {number} low @param {number} high */
export const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/**
 * Round to a multiple of `step` without the dust of binary fractions: `snap(0.30000000000000004, 0.01)` is 0.3.
 * @param {number} value
 * @param {number} step
 */
export function snap(value, step) {
  const places = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9) + 1);
  return Number((Math.round(value / step) * step).toFixed(places)) + 0;
}

/**
 * A number with so many decimals, a true minus, and never "−0.00".
 * @param {number} value
 */
export function fixed(value, digits = 2) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text.replace("-", "−");
}

/**
 * A number with so many significant digits, short: 0.0123, 1.25e−7.
 * @param {number} value
 */
export function significant(value, digits = 3) {
  if (!Number.isFinite(value) || value === 0) return fixed(value, 0);
  const size = Math.abs(value);
  const text = size >= 1e-4 && size < 1e6 ? String(Number(value.toPrecision(digits))) : value.toExponential(digits - 1);
  return text.replaceAll("-", "−");
}
