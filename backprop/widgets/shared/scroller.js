/** A box that scrolls sideways where what is in it is wider, and that the keyboard reaches then, and only then. */

import { h, set } from "./dom.js";

/**
 * Make the box; `update` looks again whether it has to scroll.
 * @param {import("./frame.js").Frame} frame
 * @param {string} label what a screen reader calls it
 * @param {...Element} children
 */
export function scroller({ atEnd }, label, ...children) {
  const el = h("div", { class: "lw-scroller" }, ...children);
  const observer = new ResizeObserver(update);
  for (const node of [el, ...children]) observer.observe(node);
  atEnd(() => observer.disconnect());

  function update() {
    if (el.scrollWidth > el.clientWidth) set(el, { tabindex: 0, role: "group", "aria-label": label });
    else for (const name of ["tabindex", "role", "aria-label"]) el.removeAttribute(name);
  }

  return { el, update };
}
