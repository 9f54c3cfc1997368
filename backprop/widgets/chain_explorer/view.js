/** ChainExplorer in the browser; see widget.py. */

import { brief } from "../shared/brief.js";
import { h } from "../shared/dom.js";
import { widget } from "../shared/frame.js";
import { say, sayLines } from "../shared/say.js";
import { run, steps } from "./model.js";
import { numberControls } from "./numbers.js";
import { asText, journey, linesOf, verdict, wordsOf } from "./sentences.js";
import { stage } from "./stage.js";
import { walkControls } from "./walk.js";

/** @param {import("../shared/frame.js").Frame} frame */
function build(frame) {
  const { model } = frame;
  const get = () => ({
    x: /** @type {number} */ (model.get("x")),
    y: /** @type {number} */ (model.get("y")),
    weights: /** @type {number[]} */ (model.get("weights")),
  });
  const walk = walkControls(frame);
  const numbers = numberControls(frame, walk);
  const { parts: stageParts, frameFor, follow } = stage(frame);
  const formula = h("div", { class: "chain-formula" });
  const legend = h("span", { class: "chain-legend" });

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
    const step = walk.here();
    const now = steps(L)[step];
    const lines = linesOf(now, state, chain);
    const operands = lines.flatMap(({ pieces }) => pieces).filter((piece) => typeof piece !== "string");
    const made = lines.map((line) => line.at);
    const own = ownDelta();
    const { chain: picture, bars, small } = frameFor(L);
    picture.show({ ...state, chain, step, lit: operands.map((operand) => operand.at), made });
    picture.svg.setAttribute("aria-label", `The chain of ${L} ${L === 1 ? "unit" : "units"}`);
    const from = Math.max(1, 2 * L + 2 - step);
    const log = model.get("log_bars");
    bars.show({ delta: chain.delta, from, log, own: own?.delta ?? null });
    small.show({ delta: chain.delta, from, log });
    bars.svg.setAttribute(
      "aria-label",
      `Bars of the size of δ, ${step > L + 1 ? `from unit ${from} on` : "still empty"}`,
    );
    if (followed !== step && made.length) follow(made[0]);
    followed = step;

    sayLines(formula, lines.map(asText));
    formula.className = `chain-formula chain-formula-${now.kind}`;
    const judged = verdict(own, chain.delta, from);
    say(legend, judged && `◆ ${judged}`);

    walk.show();
    numbers.show();
    const found = lines.map(({ name, value }) => `${name} = ${brief(value)}`).join(", ");
    const end = step === walk.last() ? journey(chain.delta) : "";
    const given = `x = ${brief(state.x)}, y = ${brief(state.y)}`;
    return `${given}. Step ${step} of ${walk.last()}. ${wordsOf(now, L)}${found && ` ${found}.`}${end}`;
  }

  return {
    parts: [walk.row, ...stageParts, formula, h("div", { class: "lw-row" }, walk.log.el, legend), ...numbers.parts],
    draw,
  };
}

export default widget({
  label: "Chain explorer",
  traits: ["x", "y", "weights", "step", "log_bars", "own"],
  build,
});
