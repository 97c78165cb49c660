// Drawings. Colours come from the brand by way of app.css; none of them is needed to understand a screen.

import { s } from "./dom.js";

function icon(...shapes) {
  return s("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, ...shapes);
}

const line = (d) => s("path", { d });
const box = (x, y, width, height, rx) => s("rect", { x, y, width, height, rx });
const ring = (cx, cy, r) => s("circle", { cx, cy, r });

/** Icons of the lists, the tabs and the buttons. */
export const icons = {
  home: () => icon(line("M4 11l8-7 8 7v8a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19z"), line("M9.5 20.5v-6h5v6")),
  me: () => icon(ring(12, 8, 4), line("M4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6")),
  tool: () => icon(line("M14.6 6.4a4.6 4.6 0 0 1 5.9-1.2l-3.2 3.2 1 2.8 2.8-.2a4.6 4.6 0 0 1-6.4 3L8 20.7a2.1 2.1 0 0 1-3-3l6.6-6.7a4.6 4.6 0 0 1 3-4.6z")),
  key: () => icon(ring(8, 15, 4.5), line("M11.3 11.7L20 3M16.5 6.5l3 3")),
  scan: () => icon(line("M4 8.5V6a2 2 0 0 1 2-2h2.5M15.5 4H18a2 2 0 0 1 2 2v2.5M20 15.5V18a2 2 0 0 1-2 2h-2.5M8.5 20H6a2 2 0 0 1-2-2v-2.5M4 12h16")),
  photo: () => icon(box(3.5, 4.5, 17, 15, 3), ring(9, 10, 1.7), line("M4 17l5-4.5 3.5 3 3.5-3.5 4.5 4")),
  text: () => icon(box(2.5, 6, 19, 12, 2.5), line("M6 10h.01M10 10h.01M14 10h.01M18 10h.01M8 14h8")),
  globe: () => icon(ring(12, 12, 9), line("M3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9s.5-6 3.5-9")),
  look: () => icon(ring(12, 12, 4), line("M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4")),
  install: () => icon(line("M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14")),
  about: () => icon(ring(12, 12, 9), line("M12 11v5.5M12 7.5v.01")),
  link: () => icon(line("M3 9.5a13 13 0 0 1 18 0M6.5 13a8 8 0 0 1 11 0M10 16.5a3 3 0 0 1 4 0M12 20v.01")),
  back: () => icon(line("M15 5l-7 7 7 7")),
  lamp: () => icon(line("M9 17.5h6M10 21h4M12 3a6.5 6.5 0 0 0-3.5 12l.5 2.5h6l.5-2.5A6.5 6.5 0 0 0 12 3z")),
  good: () => icon(ring(12, 12, 9), line("M7.5 12.5l3 3 6-6.5")),
  bad: () => icon(ring(12, 12, 9), line("M12 7v6M12 16.7v.01")),
  device: () => icon(box(2.5, 4, 19, 13, 2), line("M8 20.5h8"), box(6, 7.5, 2.5, 2.5, 0.5), box(6, 11.5, 2.5, 2.5, 0.5), box(10, 7.5, 2.5, 2.5, 0.5), line("M15.5 9h2M15.5 12.5h2M11 13h.01")),
  phone: () => icon(box(6.5, 2.5, 11, 19, 2.5), line("M9.5 9V7.5H11M13 7.5h1.5V9M14.5 13v1.5H13M11 14.5H9.5V13M11 18.5h2")),
  code: () => icon(box(2.5, 4, 19, 13, 2), line("M8 20.5h8M6 10.5h.01M9 10.5h.01M12 10.5h.01M15 10.5h.01M18 10.5h.01")),
};

/** The corners between which the QR code belongs. */
export function frame() {
  return s(
    "svg",
    { viewBox: "0 0 100 100", class: "frame", "aria-hidden": "true" },
    s("path", { d: "M4 22V10a6 6 0 0 1 6-6h12M78 4h12a6 6 0 0 1 6 6v12M96 78v12a6 6 0 0 1-6 6H78M22 96H10a6 6 0 0 1-6-6V78" }),
  );
}

/** The phone hands over: the code comes by e-mail and is typed at the device. */
export function backToDevice(words) {
  const dots = [0, 1, 2, 4, 5, 6, 8, 9, 10].map((place) => s("circle", { cx: 163 + place * 7, cy: 67, r: 2, class: "ink" }));
  return s(
    "svg",
    { viewBox: "0 0 280 150", class: "picture", role: "img", "aria-label": words },
    s("ellipse", { cx: 140, cy: 139, rx: 124, ry: 7, class: "shade" }),
    s("rect", { x: 24, y: 34, width: 56, height: 102, rx: 11, class: "body" }),
    s("rect", { x: 29, y: 42, width: 46, height: 82, rx: 5, class: "glass" }),
    s("circle", { cx: 52, cy: 80, r: 14, class: "accent" }),
    s("path", { d: "M45.5 80.5l4.5 4.5 8.5-9", class: "tick" }),
    s("path", { d: "M90 52c12-30 34-38 56-30", class: "way" }),
    s("path", { d: "M139 14l8.5 7.7-10.5 5", class: "way still" }),
    s("rect", { x: 100, y: 24, width: 30, height: 21, rx: 3, class: "letter" }),
    s("path", { d: "M101 26.5l14 11 14-11", class: "letter-line" }),
    s("rect", { x: 138, y: 34, width: 120, height: 78, rx: 7, class: "body" }),
    s("rect", { x: 144, y: 40, width: 108, height: 66, rx: 3, class: "glass" }),
    s("rect", { x: 154, y: 57, width: 88, height: 20, rx: 4, class: "field" }),
    ...dots,
    s("rect", { x: 176, y: 85, width: 44, height: 12, rx: 4, class: "accent" }),
    s("path", { d: "M198 112v16M172 132h52", class: "foot" }),
  );
}
