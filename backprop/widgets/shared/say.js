/** Change words on the page, and touch nothing where they are the same: to lay text out again takes most of a frame. */

/**
 * Set the text of an element.
 * @param {Element} node
 * @param {string} text
 */
export function say(node, text) {
  const words = node.firstChild;
  if (!(words instanceof Text)) {
    if (text) node.textContent = text;
  } else if (words.data !== text) words.data = text;
}

/**
 * Set the texts of paragraphs in an element, one for each; those that stay are kept.
 * @param {Element} parent
 * @param {string[]} texts
 */
export function sayLines(parent, texts) {
  while (parent.childElementCount > texts.length) parent.lastElementChild?.remove();
  while (parent.childElementCount < texts.length) parent.append(document.createElement("p"));
  texts.forEach((text, i) => {
    say(parent.children[i], text);
  });
}
