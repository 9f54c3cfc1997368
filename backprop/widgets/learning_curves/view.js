/** Train a student's network with chosen settings, in the kernel, and compare the curves; see widget.py. */

import { pyNumber } from "../shared/as_code.js";
import { button, menu, slider, toggle } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { ladder, wholeNumber } from "../shared/fields.js";
import { widget } from "../shared/frame.js";
import { numbers, work } from "../shared/work.js";
import { runsList } from "./list.js";
import { DIVERGES, short, verdict } from "./model.js";
import { curvesPlot } from "./plot.js";

const RATES = [1, 2, 3, 4, 5, 6].flatMap((n) => [1, 2, 5].map((k) => Number((k * 10 ** (n - 4)).toPrecision(1))));
const UNITS = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200];
const STEPS = [20, 50, 100, 200, 500, 1000, 2000, 5000];
const EMPTY =
  "No curve yet. Choose η and the number of hidden units, say to yourself what the curve will do, and press Train.";

/** @typedef {import("./model.js").Settings} Settings */
/** @typedef {{key: string, costs: Float64Array, done: boolean, stopped: boolean, trouble: string}} Result */

/**
 * Return settings as the text by which Python knows a run: "0.5|10|100|1".
 * @param {Settings} run
 */
export function keyOf(run) {
  return [run.learning_rate, run.n_h, run.steps, run.seed].map(pyNumber).join("|");
}

/**
 * Return a colour's number that no run has.
 * @param {Map<string, number>} taken
 */
export function freePlace(taken) {
  const used = new Set(taken.values());
  let place = 0;
  while (used.has(place)) place += 1;
  return place;
}

/** @param {import("../shared/frame.js").Frame} frame */
function build({ model, change, schedule, atEnd }) {
  const kernel = work(model, schedule);
  kernel.begin();
  atEnd(kernel.end);
  let complaint = "";

  /** @type {Map<string, number>} */
  const places = new Map();
  /** @type {Map<string, Result>} */
  let results = new Map();
  /** @type {any} */
  let readCurves = null;
  /** @type {any} */
  let readRuns = null;
  /** @type {ReturnType<typeof rows>} */
  let now = [];

  /** @param {Record<string, any>} patch */
  function set(patch) {
    complaint = "";
    change(patch);
  }

  function train() {
    const runs = /** @type {Settings[]} */ (model.get("runs"));
    const [learning_rate, n_h, steps, seed] = ["learning_rate", "n_h", "steps", "seed"].map((name) => model.get(name));
    const run = { learning_rate, n_h, steps, seed };
    const there = runs.find((each) => keyOf(each) === keyOf(run));
    if (there && results.get(keyOf(run))?.stopped) {
      complaint = "";
      kernel.tell({ do: "resume", run: keyOf(run) });
    } else if (there) {
      complaint = "This curve is there already. Change η, the hidden units, the steps or the seed for another one.";
    } else if (runs.length >= model.get("_most_runs")) {
      complaint = `There are ${runs.length} curves, as many as can be told apart. Remove one first.`;
    } else {
      set({ runs: [...runs, run], step: -1 });
      kernel.tell({ do: "look" });
    }
    schedule();
  }

  /** @param {string} key @param {boolean} shown */
  function show(key, shown) {
    const runs = /** @type {Settings[]} */ (model.get("runs"));
    set({
      runs: runs.map((run) => {
        if (keyOf(run) !== key) return run;
        const { hidden, ...rest } = run;
        return shown ? rest : { ...rest, hidden: true };
      }),
    });
  }

  /** @param {string} key */
  function remove(key) {
    const runs = /** @type {Settings[]} */ (model.get("runs"));
    const at = runs.findIndex((run) => keyOf(run) === key);
    set({ runs: runs.filter((run) => keyOf(run) !== key) });
    const buttons = list.el.querySelectorAll("tbody button");
    const next = /** @type {HTMLElement} */ (buttons[at + 1] ?? buttons[at - 1] ?? go.el);
    next.focus(); // else the keyboard would be lost with the button
  }

  const place = h("div", { class: "lw-runs-plot" });
  const curves = curvesPlot(place, (step) => set({ step }));
  let wide = 800;
  const observer = new ResizeObserver(([entry]) => {
    wide = Math.floor(entry.contentRect.width) || wide;
    schedule();
  });
  observer.observe(place);
  atEnd(() => observer.disconnect());
  const list = runsList({ onShow: show, onRemove: remove });
  const rate = ladder({ label: "learning rate η", values: RATES, onInput: (learning_rate) => set({ learning_rate }) });
  const units = ladder({ label: "hidden units n_h", values: UNITS, onInput: (n_h) => set({ n_h }) });
  const length = menu(
    "steps",
    STEPS.map((n) => [String(n), String(n)]),
    (steps) => set({ steps: Number(steps) }),
  );
  const seed = wholeNumber({ label: "seed", min: 0, max: 2 ** 32 - 1, onInput: (value) => set({ seed: value }) });
  const go = button("Train", train, { class: "lw-main" });
  const powers = toggle("powers of ten", (logarithmic) => set({ logarithmic }));
  const scrub = slider({
    label: "read at step",
    min: 0,
    max: 1,
    step: 1,
    onInput: (step) => set({ step }),
    format: String,
  });

  /** Read what Python has sent, where it has sent something new. */
  function readResults() {
    const [sent, runs] = [model.get("_curves"), model.get("runs")];
    if (sent === readCurves && runs === readRuns) return; // as in every frame of scrubbing
    if (sent !== readCurves) {
      results = new Map(sent.map((/** @type {any} */ one) => [one.key, { ...one, costs: numbers(one.costs) }]));
    }
    [readCurves, readRuns] = [sent, runs];
    now = rows();
  }

  function rows() {
    const runs = /** @type {Settings[]} */ (model.get("runs"));
    const keys = runs.map(keyOf);
    for (const key of places.keys()) if (!keys.includes(key)) places.delete(key);
    return runs.map((run, i) => {
      const key = keys[i];
      if (!places.has(key)) places.set(key, freePlace(places));
      const result = results.get(key);
      const costs = result?.costs ?? new Float64Array(0);
      const said = verdict(costs);
      return {
        key,
        place: /** @type {number} */ (places.get(key)),
        run,
        costs,
        steps: run.steps,
        sentence: sentence(run, result, said.sentence),
        diverges: DIVERGES.includes(said.name) || Boolean(result?.trouble),
      };
    });
  }

  let drawn = "";
  function draw() {
    readResults();
    const shown = now.filter(({ run }) => !run.hidden);
    const logarithmic = model.get("logarithmic");
    const longest = Math.max(1, ...shown.map(({ steps }) => steps));
    const step = model.get("step") < 0 ? longest : Math.min(model.get("step"), longest);
    const stamp = JSON.stringify([
      shown.map(({ key, costs, place: colour }) => [key, costs.length, colour]),
      logarithmic,
      wide,
    ]);
    if (stamp !== drawn) {
      drawn = stamp;
      curves.show(shown, logarithmic, wide);
    }
    curves.at(step);
    list.show(now, step);
    rate.show(model.get("learning_rate"));
    units.show(model.get("n_h"));
    showLength(model.get("steps"));
    seed.show(model.get("seed"));
    powers.show(logarithmic);
    scrub.input.max = String(longest);
    scrub.show(step);
    kernel.show();
    return complaint || kernel.trouble() || summary(now, shown, step);
  }

  /** @param {number} steps */
  function showLength(steps) {
    if (!STEPS.includes(steps) && !length.select.querySelector(`option[value="${steps}"]`)) {
      length.select.append(h("option", { value: steps, text: String(steps) }));
    }
    length.show(String(steps));
  }

  return {
    parts: [
      h("div", { class: "lw-row" }, rate.el, units.el),
      h("div", { class: "lw-row" }, length.el, seed.el, go.el, kernel.stop, kernel.bar),
      place,
      h("div", { class: "lw-row" }, scrub.el, powers.el),
      list.el,
    ],
    draw,
  };
}

/**
 * Say what a curve does, or how far it has come.
 * @param {Settings} run
 * @param {Result | undefined} result
 * @param {string} said by the verdict
 */
export function sentence(run, result, said) {
  if (!result || (result.costs.length === 0 && !result.trouble)) return "Waits for its turn.";
  if (result.trouble) return result.trouble;
  const done = result.costs.length - 1;
  if (result.stopped) return `Stopped after ${done} of ${run.steps} steps. ${said}`;
  return result.done ? said : `Step ${done} of ${run.steps}. ${said}`;
}

/**
 * @param {ReturnType<any>[]} all
 * @param {ReturnType<any>[]} shown
 * @param {number} step
 */
function summary(all, shown, step) {
  if (all.length === 0) return EMPTY;
  const begun = shown.filter(({ costs }) => costs.length > 0);
  if (begun.length === 0) return "No curve is shown.";
  const words = begun.map(({ run, costs }) => {
    const cost = costs[Math.min(step, costs.length - 1)];
    return `η = ${run.learning_rate}, n_h = ${run.n_h}: ${short(cost)}`;
  });
  return `Cost at step ${step}: ${words.join("; ")}.`;
}

export default widget({
  label: "Learning curves",
  traits: ["learning_rate", "n_h", "steps", "seed", "runs", "step", "logarithmic", "_curves", "_status"],
  build,
});
