// A summary of any template: its keys are headings, whatever they are.

import { el } from "./dom.js";
import { has, t } from "./texts.js";

const LONGEST_TAG = 24;

/** The panel of a summary; null if there is none. */
export function summaryPanel(summary) {
  if (summary === undefined || summary === null) {
    return null;
  }
  const parts = isObject(summary) ? partsOf(summary) : [block(summary)];
  return el(
    "section.card.summary",
    { "aria-label": t("summary") },
    el("h2", {}, t("summary")),
    parts,
  );
}

function partsOf(summary) {
  return saidOf(summary).map(([key, value]) =>
    key === "title" && !isObject(value)
      ? el("p.title", {}, String(value))
      : el("div", {}, el("h3", {}, heading(key)), block(value, key)),
  );
}

function block(value, key = "") {
  if (Array.isArray(value)) {
    const areTags = key.endsWith("tags") && value.every((tag) => String(tag).length <= LONGEST_TAG);
    return areTags
      ? el("ul.chips", {}, value.map((tag) => el("li.chip", {}, String(tag))))
      : el("ul", {}, value.map((item) => el("li", {}, line(item))));
  }
  return el("p", {}, line(value));
}

/** A value on one line: of an object, what it is about, then the rest with its headings. */
function line(value) {
  if (Array.isArray(value)) {
    return value.map((item) => line(item)).join(", ");
  }
  if (!isObject(value)) {
    return String(value);
  }
  const [first, ...rest] = saidOf(value);
  const more = rest.map(([key, item]) => `${heading(key)}: ${line(item)}`);
  return [line(first?.[1] ?? ""), ...more].join(" · ");
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function saidOf(object) {
  const isEmpty = (value) => value === null || value === "" || value.length === 0;
  return Object.entries(object).filter(([, value]) => !isEmpty(value));
}

/** A key as a heading: its text if there is one, else next_steps becomes "Next steps". */
function heading(key) {
  if (has(`summary.${key}`)) {
    return t(`summary.${key}`);
  }
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
