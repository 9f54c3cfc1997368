/** Write a widget's state as one line of Python: the same line that `as_code()` returns in Python (code.py). */

const DIGITS = 12;

/**
 * Return a number as Python's `format(value, ".12g")` writes it.
 * @param {number} value
 */
export function pyNumber(value) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [mantissa, power] = value.toExponential(DIGITS - 1).split("e");
  const exponent = Number(power);
  const trimmed = (/** @type {string} */ text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
  if (exponent >= -4 && exponent < DIGITS) return trimmed(value.toFixed(DIGITS - 1 - exponent));
  const sign = exponent < 0 ? "-" : "+";
  return `${trimmed(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/**
 * Return a value as Python source: numbers, texts, true and false, null, arrays, plain objects.
 * @param {any} value
 * @returns {string}
 */
export function pyLiteral(value) {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return pyNumber(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `[${Array.from(/** @type {any} */ (value), pyLiteral).join(", ")}]`;
  }
  const items = Object.entries(value).map(([key, item]) => `${pyLiteral(key)}: ${pyLiteral(item)}`);
  return `{${items.join(", ")}}`;
}

/** Whether Python would count a value as nothing. @param {any} value */
const isEmpty = (value) => !value || (Array.isArray(value) && value.length === 0);

/**
 * Return the line that makes a widget in its present state.
 * @param {{get: (name: string) => any}} model with `_code_name`, `_code_fixed`, `_code_state` and `_code_if_set`, from base.py
 */
export function codeLine(model) {
  const ifSet = model.get("_code_if_set");
  const isWritten = (/** @type {string} */ name) => !ifSet.includes(name) || !isEmpty(model.get(name));
  const names = model.get("_code_state").filter(isWritten);
  const state = names.map((/** @type {string} */ name) => `${name}=${pyLiteral(model.get(name))}`);
  return `${model.get("_code_name")}(${[...model.get("_code_fixed"), ...state].join(", ")})`;
}
