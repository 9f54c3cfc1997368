/** What NetworkCost says of what it shows. */

import { significant } from "../shared/numbers.js";
import { legend, range } from "./map.js";
import { interpolated } from "./model.js";

/**
 * Return the sentence below the map.
 * @param {import("../shared/state.js").Model} model
 * @param {ReturnType<typeof import("./results.js").results>} held
 * @param {ReturnType<typeof import("./map.js").costMap>["grid"]} grid
 */
export function said(model, held, grid) {
  const { training, shown } = held;
  const stopped = model.get("_status").doing === "stopped";
  if (training.costs.length === 0) return "Your network is trained first, then the map is computed.";
  if (!training.done) return `Training: step ${training.costs.length - 1} of ${training.steps}.`;
  if (!shown || held.stale()) return stopped ? "Stopped. Go on computes this map." : "This map is being computed.";
  const { size, window, path } = shown;
  const at = 2 * held.index();
  const beneath = interpolated(grid, size, window, path[at], path[at + 1]);
  const step = held.step();
  const atStep = `Step ${step} of ${training.steps}: cost ${significant(training.costs[step])}, and ${significant(beneath)} on the map beneath.`;
  const point = held.place();
  const there = interpolated(grid, size, window, point.a, point.b);
  const atPoint = model.get("point").length ? ` At the point: about ${significant(there)}.` : "";
  const [low, high] = range(shown.costs);
  const unfinished = shown.costs.length < size ** 2;
  const share = unfinished ? ` The map is ${stopped ? "stopped half-way" : "growing finer"}.` : "";
  return `${atStep}${atPoint} ${legend(low, high)}${share}`;
}
