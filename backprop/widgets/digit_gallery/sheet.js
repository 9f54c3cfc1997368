/** A page of digits as a list box: click one, or walk among them with the arrow keys. */

import { freshId, h, set } from "../shared/dom.js";
import { clamp, fixed } from "../shared/numbers.js";
import { PAGE } from "./model.js";
import { film } from "./paint.js";

/** @typedef {import("./sentences.js").Digit} Digit */

/**
 * @param {object} options
 * @param {number} options.count of all pages together
 * @param {(place: number) => Digit} options.digitAt the digit at a place in the present order
 * @param {(place: number) => Float64Array} options.pixelsAt
 * @param {() => number} options.place of the selected digit, now
 * @param {(place: number) => void} options.select
 */
export function sheet({ count, digitAt, pixelsAt, place, select }) {
  const tiles = Array.from({ length: Math.min(PAGE, count) }, (_, k) => tile(k, () => choose(first + k)));
  const el = h(
    "div",
    { class: "dg-sheet", role: "listbox", tabindex: "0", "aria-label": "Pictures" },
    ...tiles.map((t) => t.el),
  );
  let first = 0; // the place of the first digit on the page
  let selected = 0;
  /** @type {any} */
  let shown;

  /** @param {number} chosen */
  const choose = (chosen) => {
    el.focus({ preventScroll: true });
    select(chosen);
  };

  el.addEventListener("keydown", (event) => {
    const columns = getComputedStyle(el).gridTemplateColumns.split(" ").length;
    /** @type {Record<string, number>} */
    const moves = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      PageUp: -PAGE,
      PageDown: PAGE,
    };
    const to = { Home: first, End: Math.min(first + PAGE, count) - 1 }[event.key];
    const by = moves[event.key];
    if (to === undefined && by === undefined) return;
    event.preventDefault();
    const aim = to ?? place() + by;
    if (Math.abs(by) === PAGE || (aim >= 0 && aim < count)) select(clamp(aim, 0, count - 1));
  });

  /** Scroll the sheet, and never the page, to where a tile is. @param {HTMLElement} tile */
  function reveal(tile) {
    const [seen, own] = [el.getBoundingClientRect(), tile.getBoundingClientRect()];
    if (own.top < seen.top) el.scrollTop -= seen.top - own.top;
    if (own.bottom > seen.bottom) el.scrollTop += own.bottom - seen.bottom;
  }

  return {
    el,
    /**
     * @param {number} now the place of the selected digit
     * @param {any} version changes with the order of the digits
     */
    show(now, version) {
      const start = now - (now % PAGE);
      if (start !== first || shown !== version) {
        first = start;
        shown = version;
        const there = tiles.slice(0, count - first).map((_, k) => first + k);
        el.style.setProperty("--dg-film", `url(${film(there.map(pixelsAt))})`);
        el.style.setProperty("--dg-frames", String(there.length));
        for (const [k, t] of tiles.entries()) t.show(there[k], k < there.length ? digitAt(there[k]) : null, count);
      }
      tiles[selected % PAGE].el.setAttribute("aria-selected", "false");
      const moved = now !== selected;
      selected = now;
      const chosen = tiles[selected % PAGE].el;
      if (moved) reveal(chosen); // it measures the page, which is no work for every frame
      chosen.setAttribute("aria-selected", "true");
      el.setAttribute("aria-activedescendant", chosen.id);
    },
  };
}

/**
 * @param {number} k which frame of the page's film it shows
 * @param {() => void} chosen
 */
function tile(k, chosen) {
  const ink = h("div", { class: "dg-ink", style: `--dg-frame: ${k}` });
  const label = h("span", { class: "dg-label" });
  const words = h("span", { class: "dg-output" });
  const el = h(
    "div",
    { id: freshId("dg"), class: "dg-tile", role: "option", "aria-selected": "false" },
    h("div", { class: "dg-paper" }, ink, label),
    words,
  );
  el.addEventListener("click", chosen);
  return {
    el,
    /**
     * @param {number} place
     * @param {Digit | null} digit
     * @param {number} count
     */
    show(place, digit, count) {
      el.hidden = digit === null;
      if (digit === null) return;
      const wrong = digit.prediction !== digit.label;
      words.textContent = `${fixed(digit.output, 2)}${wrong ? " ✗" : ""}`;
      label.textContent = String(digit.label);
      el.classList.toggle("dg-wrong", wrong);
      set(el, {
        "aria-label": `${digit.column}: a ${digit.label}, output ${fixed(digit.output, 2)}${wrong ? ", misclassified" : ""}`,
        "aria-posinset": place + 1,
        "aria-setsize": count,
      });
    },
  };
}
