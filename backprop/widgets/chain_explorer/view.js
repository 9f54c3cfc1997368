/** ChainExplorer in the browser; see widget.py. */

import { brief } from "../shared/brief.js";
import { button, slider, toggle } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { widget } from "../shared/frame.js";
import { clamp, snap } from "../shared/numbers.js";
import { calm, player } from "../shared/play.js";
import { say, sayLines } from "../shared/say.js";
import { barsDrawing } from "./bars.js";
import { drawing } from "./drawing.js";
import { run, steps } from "./model.js";
import { asText, index, journey, linesOf, verdict, wordsOf } from "./sentences.js";

const GRAIN = 0.01; // to this the sliders round
const PACE = 900; // milliseconds in which a step of the walk can be read

/** @param {import("../shared/frame.js").Frame} frame */
function build({ model, change, schedule, atEnd }) {
  const get = () => ({
    x: /** @type {number} */ (model.get("x")),
    y: /** @type {number} */ (model.get("y")),
    weights: /** @type {number[]} */ (model.get("weights")),
  });
  const reach = model.get("reach");
  const last = () => 2 * model.get("weights").length + 1;
  const here = () => clamp(model.get("step"), 0, last());

  // The walk
  const go = (/** @type {number} */ step) => change({ step: clamp(step, 0, last()) });
  const play = player(
    () => {
      if (here() === last()) return false;
      go(calm() ? last() : here() + 1);
      return here() < last();
    },
    showPlaying,
    PACE,
  );
  atEnd(play.pause);
  const moved = (/** @type {() => void} */ move) => () => {
    play.pause();
    move();
  };
  const back = button(
    "Back",
    moved(() => go(here() - 1)),
  );
  const next = button(
    "Step",
    moved(() => go(here() + 1)),
    { class: "lw-main" },
  );
  const run_ = button("Play", () => {
    if (!play.playing && here() === last()) go(0);
    if (play.playing) play.pause();
    else play.play();
  });
  const all = button(
    "Show all",
    moved(() => go(last())),
  );
  const reset = button(
    "Reset",
    moved(() => change(structuredClone(model.get("start")))),
  );
  const log = toggle("logarithmic bars", (on) => change({ log_bars: on }));
  function showPlaying() {
    run_.show({ label: play.playing ? "Pause" : "Play" });
  }
  const walk = slider({
    label: "step",
    min: 0,
    max: last(),
    step: 1,
    format: (value) => `${value} of ${last()}`,
    onInput: (value) => moved(() => go(value))(),
  });

  // The numbers
  const tuned = (
    /** @type {string} */ label,
    /** @type {number} */ far,
    /** @type {(value: number) => void} */ onInput,
  ) =>
    slider({
      label,
      min: -far,
      max: far,
      step: GRAIN,
      format: (value) => brief(value),
      onInput: (v) => onInput(snap(v, GRAIN)),
    });
  const x = tuned("input x", reach.x, (value) => change({ x: value }));
  const y = tuned("target y", reach.y, (value) => change({ y: value }));
  const alike = () => new Set(get().weights).size === 1;
  const every = slider({
    label: "all weights",
    min: -reach.weight,
    max: reach.weight,
    step: GRAIN,
    format: (value) => (alike() ? brief(value) : "mixed"),
    onInput: (value) => change({ weights: get().weights.map(() => snap(value, GRAIN)) }),
  });
  const remembered = [...get().weights];
  const length = slider({
    label: "units L",
    min: 1,
    max: model.get("most_units"),
    step: 1,
    format: String,
    onInput: (L) => {
      const { weights } = get();
      remembered.splice(0, weights.length, ...weights);
      while (remembered.length < L) remembered.push(weights[weights.length - 1]);
      const atEndOfWalk = here() === last();
      change({ weights: remembered.slice(0, L) });
      go(atEndOfWalk ? last() : here());
    },
  });
  const knobs = h("div", { class: "lw-row chain-knobs", role: "group", "aria-label": "weights" });
  /** @type {ReturnType<typeof slider>[]} */
  let weightSliders = [];
  function makeKnobs(/** @type {number} */ L) {
    const made = Array.from({ length: L }, (_, i) =>
      tuned(`w${index(i + 1)}`, reach.weight, (value) => {
        const weights = [...get().weights];
        weights[i] = value;
        change({ weights });
      }),
    );
    // Those that stay keep the focus that one of them may have.
    weightSliders = [...weightSliders.slice(0, L), ...made.slice(weightSliders.length)];
    knobs.replaceChildren(...weightSliders.map(({ el }) => el));
  }

  // The picture
  const scroller = h("div", { class: "chain-scroller" });
  const formula = h("div", { class: "chain-formula" });
  const legend = h("span", { class: "chain-legend" });
  const barsPlace = h("div", { class: "chain-bars" });
  /** @type {{chain: ReturnType<typeof drawing>, bars: ReturnType<typeof barsDrawing>} | undefined} */
  let pictures;
  let drawnFor = "";
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    width = Math.floor(entry.contentRect.width);
    schedule();
  });
  observer.observe(scroller);
  atEnd(() => observer.disconnect());

  /** @param {number} L */
  function frameFor(L) {
    const wanted = `${L} ${width}`;
    if (pictures && wanted === drawnFor) return pictures;
    drawnFor = wanted;
    pictures = { chain: drawing(L, width || 640), bars: barsDrawing(L, width || 640) };
    scroller.replaceChildren(pictures.chain.svg);
    barsPlace.replaceChildren(pictures.bars.svg);
    if (weightSliders.length !== L) makeKnobs(L);
    walk.input.max = String(last());
    return pictures;
  }

  /** Keep the column of a unit in view where the chain is wider than the page. */
  function follow(/** @type {string} */ place) {
    if (scroller.scrollWidth <= scroller.clientWidth) return;
    const node = scroller.querySelector(`[data-at="${place}"] text`);
    const middle = Number(node?.getAttribute("x"));
    if (middle < scroller.scrollLeft + 80 || middle > scroller.scrollLeft + scroller.clientWidth - 80) {
      scroller.scrollLeft = middle - scroller.clientWidth / 2;
    }
  }

  /** What the student's function says of the present state, or null while the kernel has not answered yet. */
  function ownDelta() {
    const own = model.get("own");
    const state = get();
    const of = [state.x, state.y, ...state.weights];
    const same = own.of?.length === of.length && of.every((value, i) => value === own.of[i]);
    return same ? own : null;
  }

  let followed = -1;
  function draw() {
    const state = get();
    const L = state.weights.length;
    const chain = run(state.x, state.y, state.weights);
    const step = here();
    const stage = steps(L)[step];
    const lines = linesOf(stage, state, chain);
    const operands = lines.flatMap(({ pieces }) => pieces).filter((piece) => typeof piece !== "string");
    const made = lines.map((line) => line.at);
    const own = ownDelta();
    const { chain: picture, bars } = frameFor(L);
    picture.show({ ...state, chain, step, lit: operands.map((operand) => operand.at), made });
    picture.svg.setAttribute("aria-label", `The chain of ${L} ${L === 1 ? "unit" : "units"}`);
    const from = Math.max(1, 2 * L + 2 - step);
    bars.show({ delta: chain.delta, from, log: model.get("log_bars"), own: own?.delta ?? null });
    bars.svg.setAttribute(
      "aria-label",
      `Bars of the size of δ, ${step > L + 1 ? `from unit ${from} on` : "still empty"}`,
    );
    if (followed !== step && made.length) follow(made[0]);
    followed = step;

    sayLines(formula, lines.map(asText));
    formula.className = `chain-formula chain-formula-${stage.kind}`;
    const judged = verdict(own, chain.delta);
    say(legend, judged && `◆ ${judged}`);

    x.show(state.x);
    y.show(state.y);
    length.show(L);
    walk.show(step);
    weightSliders.forEach((one, i) => {
      one.show(state.weights[i]);
    });
    every.show(alike() ? state.weights[0] : state.weights.reduce((sum, w) => sum + w, 0) / L); // their mean
    log.show(model.get("log_bars"));
    back.show({ disabled: step === 0 });
    next.show({ disabled: step === last() });
    const found = lines.map(({ name, value }) => `${name} = ${brief(value)}`).join(", ");
    const end = step === last() ? journey(chain.delta) : "";
    const given = `x = ${brief(state.x)}, y = ${brief(state.y)}`;
    return `${given}. Step ${step} of ${last()}. ${wordsOf(stage, L)}${found && ` ${found}.`}${end}`;
  }

  return {
    parts: [
      h("div", { class: "lw-row" }, back.el, next.el, run_.el, all.el, reset.el, walk.el),
      scroller,
      barsPlace,
      formula,
      h("div", { class: "lw-row" }, log.el, legend),
      h("div", { class: "lw-row chain-knobs" }, length.el, x.el, y.el, every.el),
      knobs,
    ],
    draw,
  };
}

export default widget({
  label: "Chain explorer",
  traits: ["x", "y", "weights", "step", "log_bars", "own"],
  build,
});
