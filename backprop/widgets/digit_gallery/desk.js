/** The desk: a pad to draw on, and below it what the reader's own predict has answered, from the kernel. */

import { button } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { pad } from "./pad.js";
import { answerWords } from "./sentences.js";

const LATE = 1500; // milliseconds without an answer, after which the kernel is called silent

/** @typedef {import("./sentences.js").Reply} Reply */

/** @param {import("../shared/frame.js").Frame} frame */
export function desk({ model, change, schedule, atEnd }) {
  let asked = 0;
  let timer = 0;
  atEnd(() => clearTimeout(timer));

  const draws = pad({
    strokes: () => model.get("drawing"),
    drawn(drawing) {
      change({ drawing, revision: model.get("revision") + 1, looking_at: "drawing" });
      asked = performance.now();
      clearTimeout(timer);
      timer = window.setTimeout(schedule, LATE + 50);
    },
    moved: schedule,
  });
  const label = h("p", { class: "dg-verdict" });
  const words = h("p", { class: "dg-caption" });
  const el = h(
    "div",
    { class: "dg-desk", role: "group", "aria-label": "Drawing" },
    h("p", { class: "dg-title", text: "Draw a digit" }),
    draws.svg,
    h("div", { class: "dg-answer" }, label, words),
    h(
      "div",
      { class: "lw-row" },
      button("Undo", draws.undo, { title: "Take the last stroke back" }).el,
      button("Clear", draws.clear).el,
    ),
    draws.help,
  );

  return {
    el,
    keyboardPen: draws.keyboardPen,
    /** Draw, and return what is known of the present drawing. @returns {Reply} */
    show() {
      const answer = model.get("answer");
      const fresh = answer.revision === model.get("revision");
      const reply = {
        empty: model.get("drawing").length === 0,
        fresh,
        late: !fresh && performance.now() - asked > LATE,
        says: answer.says,
      };
      draws.show();
      // While the kernel is asked again, its older answer stays, paler.
      label.textContent = reply.empty || reply.late ? "" : String(answer.label ?? "");
      label.classList.toggle("dg-stale", !fresh);
      words.textContent = answerWords(reply);
      return reply;
    },
  };
}
