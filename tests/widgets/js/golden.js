/** Read a golden file, and hold numbers against it. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

const TOLERANCE = 1e-12;

/** @param {string} name the widget's, e.g. "cost_contour" */
export function golden(name) {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8"));
}

/**
 * Fail unless `got` is `want` within 1e-12 of the larger of 1 and its size, in every number of it.
 * @param {any} got numbers, arrays and plain objects
 * @param {any} want the same as read from a golden file, where NaN and infinities are texts
 * @param {string} [where]
 */
export function close(got, want, where = "value") {
  if (Array.isArray(want)) {
    assert.equal(got.length, want.length, `${where} has ${got.length} entries, not ${want.length}`);
    for (const [i, entry] of want.entries()) close(got[i], entry, `${where}[${i}]`);
  } else if (want !== null && typeof want === "object") {
    for (const key of Object.keys(want)) close(got[key], want[key], `${where}.${key}`);
  } else if (typeof got === "number") {
    const named = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, "-inf": Number.NEGATIVE_INFINITY };
    const value = typeof want === "string" ? named[want] : want;
    const near =
      Object.is(got, value) || got === value || Math.abs(got - value) <= TOLERANCE * Math.max(1, Math.abs(value));
    assert.ok(near, `${where} is ${got}, not ${value}`);
  } else {
    assert.deepEqual(got, want, where);
  }
}
