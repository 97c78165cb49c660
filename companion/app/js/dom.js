// Building what is on the glass. No text ever becomes markup: children are nodes or plain words.

const SVG = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** An element: `h("button", { type: "button", onclick: go }, "Words")`. */
export function h(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An element of a drawing. */
export function s(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** A button that looks like one. `kind`: `primary`, `second` or `quiet`. */
export function button(id, kind, words, onclick, icon) {
  return h("button", { type: "button", id, class: `button ${kind}`, onclick }, icon, h("span", {}, words));
}

/** An entry of a list, as in a phone's settings: a link to another screen. */
export function entry(id, href, words, icon, value) {
  return h(
    "li",
    {},
    h("a", { id, href, class: "entry" }, h("span", { class: "entry-icon" }, icon), h("span", { class: "entry-words" }, words),
      value && h("span", { class: "entry-value" }, value), chevron()),
  );
}

/** The small arrow at the end of an entry. */
export function chevron() {
  return s("svg", { viewBox: "0 0 24 24", class: "chevron", "aria-hidden": "true" }, s("path", { d: "M9 5l7 7-7 7" }));
}
