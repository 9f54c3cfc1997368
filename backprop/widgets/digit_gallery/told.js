/** What Python sent of the digits and the network, as numbers, and the digits in the order in which they are shown. */

import { arrange, pixelsOf } from "./model.js";

/** @typedef {import("../shared/state.js").Model} Model */
/** @typedef {import("./sentences.js").Digit} Digit */
/** @typedef {ReturnType<typeof read>} Told */

/** @param {DataView} view */
const bytes = (view) => view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);

/** @param {DataView} view */
const floats = (view) => new Float64Array(bytes(view));

/** @param {Model} model */
export function read(model) {
  const { side, n_h: nH, levels, total, wrong } = model.get("_facts");
  const nX = side * side;
  const network = model.get("_network");
  const columns = new Int32Array(bytes(model.get("_columns")));
  const pixels = new Uint8Array(bytes(model.get("_pixels")));
  const labels = new Uint8Array(bytes(model.get("_labels")));
  const predictions = new Uint8Array(bytes(model.get("_predictions")));
  const outputs = floats(model.get("_outputs"));
  const W1 = floats(network.W1);
  const indexOf = new Map(Array.from(columns, (column, i) => [column, i]));
  /** @type {Map<string, {digits: number[], places: number[]}>} */
  const arranged = new Map();

  /** Which digit is at a place, and at which place a digit is. */
  function order() {
    const name = model.get("order");
    let found = arranged.get(name);
    if (!found) {
      const digits = arrange(outputs, predictions, labels, name);
      const places = new Array(digits.length);
      digits.forEach((digit, place) => {
        places[digit] = place;
      });
      found = { digits, places };
      arranged.set(name, found);
    }
    return found;
  }

  return {
    side,
    nX,
    nH,
    total,
    wrong,
    shown: columns.length,
    parameters: { W1, b1: floats(network.b1), W2: floats(network.W2), b2: floats(network.b2) },
    order,
    /** Where the selected digit stands in the present order. */
    place: () => order().places[indexOf.get(model.get("selected")) ?? 0],
    /** @param {number} place @returns {Digit} */
    digitAt(place) {
      const i = order().digits[place];
      return { label: labels[i], prediction: predictions[i], output: outputs[i], column: columns[i] };
    },
    /** @param {number} place */
    pixelsAt: (place) => pixelsOf(pixels, order().digits[place], nX, levels),
    /** @param {number} unit */
    weightsOf: (unit) => W1.subarray(unit * nX, (unit + 1) * nX),
  };
}
