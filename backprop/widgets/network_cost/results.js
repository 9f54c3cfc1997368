/** What Python has sent of the training and the map, and what follows from it and the state. */

import { numbers } from "../shared/work.js";
import { indexOf, keyOf } from "./asked.js";

/** @typedef {{costs: Float64Array, recorded: number[], steps: number, done: boolean}} Training */

/**
 * Hold the results; `read` takes over what is new, and tells `onTraining` and `onMap`.
 * @param {import("../shared/state.js").Model} model
 * @param {(training: Training) => void} onTraining
 * @param {(shown: import("./map.js").Shown) => void} onMap
 */
export function results(model, onTraining, onMap) {
  /** @type {any} */
  let sentMap = null;
  /** @type {any} */
  let sentTraining = null;
  const held = {
    /** @type {Training} */
    training: { costs: new Float64Array(0), recorded: [], steps: 0, done: false },
    /** @type {import("./map.js").Shown | null} */
    shown: null,
    /** Return the index of the recorded step that is shown. */
    index: () => Math.max(0, indexOf(held.training.recorded, model.get("step"))),
    /** Return the step of the training that is shown. */
    step: () => held.training.recorded[held.index()] ?? 0,
    /** Return whether the map is not the one that the state asks for. */
    stale: () => held.shown?.key !== keyOf(model),
    /** Return where the point stands on the map. */
    place() {
      const [a, b] = model.get("point");
      const at = 2 * held.index();
      return model.get("point").length ? { a, b } : { a: held.shown?.path[at] ?? 0, b: held.shown?.path[at + 1] ?? 0 };
    },
    read() {
      const sent = model.get("_training");
      if (sent !== sentTraining && sent.costs) {
        sentTraining = sent;
        held.training = { ...sent, costs: numbers(sent.costs) };
        onTraining(held.training);
      }
      const now = model.get("_map");
      if (now !== sentMap && now.costs) {
        sentMap = now;
        const [a, b, half] = now.window;
        held.shown = { ...now, window: { a, b, half }, costs: numbers(now.costs), path: numbers(now.path) };
        if (held.shown && !held.stale()) onMap(held.shown);
      }
    },
  };
  return held;
}
