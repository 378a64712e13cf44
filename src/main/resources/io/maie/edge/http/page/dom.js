// Builds elements. Strings become text nodes and attributes only: nothing is ever parsed as HTML.

const SVG = "http://www.w3.org/2000/svg";

// Drawn for a box of 24 by 24 in strokes of 2.
const SHAPES = {
  plus: "M12 5v14M5 12h14",
  upload: "M12 16V5M7 10l5-5 5 5M4 19h16",
  microphone: "M12 4a3 3 0 0 0-3 3v4a3 3 0 0 0 6 0V7a3 3 0 0 0-3-3ZM6 11a6 6 0 0 0 12 0M12 17v3",
  stop: "M7 7h10v10H7z",
  play: "M8 5l11 7-11 7z",
  pause: "M8 5v14M16 5v14",
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  up: "M6 15l6-6 6 6",
  down: "M6 9l6 6 6-6",
  check: "M5 12.500l4.500 4.500L19 7.500",
  cross: "M6 6l12 12M18 6L6 18",
  alert: "M12 4l9 16H3zM12 10v4M12 17v.010",
  clock: "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2",
  download: "M12 4v11M7 10l5 5 5-5M4 20h16",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  search: "M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.500 15.500L20 20",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M19 5l-1.400 1.400M6.400 17.600L5 19",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z",
  leave: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  again: "M19 12a7 7 0 1 1-2.300-5.200M19 3v5h-5",
  earlier: "M5 12a7 7 0 1 0 2.300-5.200M5 3v5h5",
  later: "M19 12a7 7 0 1 1-2.300-5.200M19 3v5h-5",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  wave: "M4 10v4M8 7v10M12 4v16M16 8v8M20 10v4",
};

/**
 * An element.
 *
 * @param {string} name of the element, with classes behind dots: "p.note"
 * @param {object} attributes by name; a function is a listener of that event, true and false switch
 */
export function el(name, attributes = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag);
  if (classes.length > 0) {
    element.className = classes.join(" ");
  }
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(key, value);
    } else if (key === "value") {
      element.value = value;
    } else if (value === true) {
      element.setAttribute(key, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(key, String(value));
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** A text; what it quotes, such as a command, in letters of one width that stay together. */
export function quoting(text) {
  return text.split(/[‘’]/).map((part, index) => (index % 2 === 0 ? part : el("code", {}, part)));
}

/** The heading of a recording; a long name goes on in the next line behind a mark. */
export function heading(name) {
  const parts = name.split(/(?<=[_.-])/).flatMap((part) => [part, el("wbr")]);
  return el("h1", { tabindex: -1 }, parts.slice(0, -1));
}

/** A drawing that carries no meaning of its own. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[name]);
  svg.append(path);
  return svg;
}

/** A button with a drawing and, unless `quiet`, its text; a quiet one is named for all the same. */
export function button(text, drawing, onClick, { kind = "plain", quiet = false, ...attributes } = {}) {
  const naming = quiet ? { "aria-label": text, title: text } : {};
  return el(
    `button.button.${kind}${quiet ? ".quiet" : ""}`,
    { type: "button", click: onClick, ...naming, ...attributes },
    drawing ? icon(drawing) : null,
    quiet ? null : el("span", {}, text),
  );
}

/** Announces a sentence to those who do not see the page. */
export function announce(sentence) {
  const announcer = document.getElementById("announcer");
  if (announcer.textContent !== sentence) {
    announcer.textContent = sentence;
  }
}

/** Sets a custom property, which style attributes may not under the page's policy. */
export function measure(element, property, value) {
  element.style.setProperty(property, String(value));
  return element;
}
