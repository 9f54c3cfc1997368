/** Numbers that stand in a small place of a drawing, or in a formula; pure. */

/**
 * Return a number with few digits, and as a power of ten where it is tiny: −0.376, 4.26e−9.
 * @param {number} value
 */
export function brief(value, digits = 3) {
  const size = Math.abs(value);
  if (value === 0 || (size >= 0.001 && size < 1000)) {
    const places = size >= 100 ? 3 : Math.max(digits, 2); // 354 and 87 are as short as 4e2 and 9e1
    return String(Number(value.toPrecision(places)) + 0).replace("-", "−");
  }
  const [mantissa, power] = value.toExponential(digits - 1).split("e");
  return `${Number(mantissa)}e${Number(power)}`.replaceAll("-", "−");
}

/**
 * Return a number as it stands between other signs.
 * @param {number} value
 */
export function inBrackets(value) {
  const text = brief(value);
  return /[−e]/.test(text) ? `(${text})` : text;
}
