/** DigitGallery in the browser: a page of digits, the hidden units' say about one of them, and a pad to draw on. */

import { button, menu } from "../shared/controls.js";
import { h } from "../shared/dom.js";
import { widget } from "../shared/frame.js";
import { desk } from "./desk.js";
import { toImage } from "./drawing.js";
import { forward, PAGE } from "./model.js";
import { seen } from "./seen.js";
import { countWords, digitWords, drawingWords, penWords, unitWords } from "./sentences.js";
import { sheet } from "./sheet.js";
import { read } from "./told.js";
import { units } from "./units.js";

/** @type {[string, string][]} */
const ORDERS = ["misclassified first", "least sure first", "as they come"].map((name) => [name, name]);

/** @param {import("../shared/frame.js").Frame} frame */
function build(frame) {
  const { model, change } = frame;
  const told = read(model);
  const pages = Math.ceil(told.shown / PAGE);

  /** @param {number} place */
  const select = (place) => change({ selected: told.digitAt(place).column, looking_at: "digit" });
  /** @param {number} by */
  const turn = (by) => {
    const start = told.place() - (told.place() % PAGE) + by * PAGE;
    if (start >= 0 && start < told.shown) select(start);
  };

  const counted = h("p", { class: "dg-count" });
  const orders = menu("Show", ORDERS, (order) => {
    change({ order });
    select(0);
  });
  const before = button("Previous page", () => turn(-1));
  const after = button("Next page", () => turn(1));
  const digits = sheet({
    count: told.shown,
    digitAt: told.digitAt,
    pixelsAt: told.pixelsAt,
    place: told.place,
    select,
  });
  const desktop = desk(frame);
  const picture = seen((which) => change({ looking_at: which }));
  const hidden = units({ nH: told.nH, weightsOf: told.weightsOf, select: (unit) => change({ unit }) });

  /** @type {any} */
  let source = null; // of the picture that has been passed forward: a drawing, or a place
  let pixels = told.pixelsAt(0);
  let pass = forward(pixels, told.parameters);

  function draw() {
    const place = told.place();
    const digit = told.digitAt(place);
    const page = Math.floor(place / PAGE);
    const which = model.get("looking_at");
    const drawing = which === "drawing";
    const now = drawing ? model.get("drawing") : digit.column;
    if (source !== now) {
      source = now;
      pixels = drawing ? toImage(now, told.side) : told.pixelsAt(place);
      pass = forward(pixels, told.parameters);
    }
    const unit = model.get("unit");
    counted.textContent = countWords(told, page, pages);
    orders.show(model.get("order"));
    before.show({ disabled: page === 0 });
    after.show({ disabled: page === pages - 1 });
    digits.show(place, told.order());
    const reply = desktop.show();
    picture.show(pixels, which, digit, pass.a2);
    hidden.show(pass, unit);

    const pen = desktop.keyboardPen();
    const words = [
      drawing ? drawingWords(reply, pass.a2) : digitWords(digit),
      drawing && reply.empty ? "" : unitWords(unit, pass.a1[unit], pass.shares[unit]),
      pen ? penWords(pen.at, pen.down) : "",
    ];
    return words.filter(Boolean).join(" ");
  }

  const parts = [
    h("div", { class: "lw-row" }, counted, orders.el, before.el, after.el),
    digits.el,
    h("div", { class: "dg-below" }, desktop.el, picture.el, hidden.el),
  ];
  return { parts, draw };
}

export default widget({
  label: "Digit gallery",
  traits: ["selected", "unit", "order", "looking_at", "drawing", "revision", "answer"],
  build,
});
