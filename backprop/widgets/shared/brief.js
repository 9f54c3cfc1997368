/** Numbers that stand in a small place of a drawing, or in a formula; pure. */

/**
 * Return a number with few digits, and as a power of ten where it is tiny: −0.376, 4.26e−9.
 * @param {number} value
 * @param {number} [digits]
 * @param {number} [least] what is smaller is a power of ten
 */
export function brief(value, digits = 3, least = 0.001) {
  const size = Math.abs(value);
  if (value === 0 || (size >= least && size < 1000)) {
    const places = size >= 100 ? 3 : Math.max(digits, 2); // 354 and 87 are as short as 4e2 and 9e1
    return String(Number(value.toPrecision(places)) + 0).replace("-", "−");
  }
  const [mantissa, power] = value.toExponential(digits - 1).split("e");
  return `${Number(mantissa)}e${Number(power)}`.replaceAll("-", "−");
}

/**
 * Return a number in at most six signs, for a place that is narrow: −0.38, 4e−9.
 * @param {number} value
 */
export const briefest = (value) => brief(Number(value.toPrecision(Math.abs(value) < 0.1 ? 1 : 3)), 1, 0.01);

/**
 * Return a number as it stands between other signs.
 * @param {number} value
 */
export function inBrackets(value) {
  const text = brief(value);
  return /[−e]/.test(text) ? `(${text})` : text;
}
