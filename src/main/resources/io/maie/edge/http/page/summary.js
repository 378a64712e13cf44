// A summary of any template: its keys are headings, whatever they are, and what was said can be heard.

import { button, el } from "./dom.js";
import { nameOf } from "./speakers.js";
import { clock, has, t } from "./texts.js";

const LONGEST_TAG = 24;
const MOST_STAMPS = 3;

/**
 * The panel of a summary; null if there is none.
 *
 * @param {object} results with `summary`, `summary_sources` by JSON Pointers into it, `speakers`
 * @param {(seconds: number) => void} play from that time
 */
export function summaryPanel({ summary: found, summary_sources: sources = [], speakers = [] }, play) {
  if (found === undefined || found === null) {
    return null;
  }
  const summary = withNames(found, new Map(speakers.map((one) => [one.id, nameOf(one)])));
  const notSaid = (path) => {
    const words = sources
      .filter((one) => one.path === path || one.path.startsWith(`${path}/`))
      .flatMap((one) => one.unsupported ?? []);
    return words.length === 0 ? [] : [el("em", {}, t("summary_not_said", { words: words.join(", ") }))];
  };
  const stamps = (path) =>
    sources
      .filter((one) => one.path === path || one.path.startsWith(`${path}/`))
      .flatMap((one) => one.sources)
      .slice(0, MOST_STAMPS)
      .map(({ start }) => stamp(start, play))
      .concat(notSaid(path));
  const parts = isObject(summary) ? partsOf(summary, stamps) : [block(summary, "", "", stamps)];
  return el(
    "section.card.summary",
    { "aria-label": t("summary") },
    el("h2", {}, t("summary")),
    parts,
  );
}

/** The summary with the names of speakers for their ids. */
function withNames(value, names) {
  if (Array.isArray(value)) {
    return value.map((item) => withNames(item, names));
  }
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withNames(item, names)]));
  }
  return names.get(value) ?? value;
}

function stamp(start, play) {
  const time = clock(start);
  return button(time, null, () => play(start), {
    kind: "stamp",
    "aria-label": t("transcript.play_from", { time }),
  });
}

function partsOf(summary, stamps) {
  return saidOf(summary).map(([key, value]) =>
    ["title", "tiêu_đề"].includes(key) && !isObject(value)
      ? el("p.title", {}, String(value))
      : el("div", {}, el("h3", {}, heading(key)), block(value, key, pointer(key), stamps)),
  );
}

function block(value, key, path, stamps) {
  if (!Array.isArray(value)) {
    return el("p", {}, line(value), stamps(path));
  }
  const areTags = (key.endsWith("tags") || key === "thẻ") && value.every((tag) => String(tag).length <= LONGEST_TAG);
  return areTags
    ? el("ul.chips", {}, value.map((tag) => el("li.chip", {}, String(tag))))
    : el("ul", {}, value.map((item, at) => el("li", {}, line(item), stamps(`${path}/${at}`))));
}

/** A key as a step of a JSON Pointer (RFC 6901). */
function pointer(key) {
  return `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
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
