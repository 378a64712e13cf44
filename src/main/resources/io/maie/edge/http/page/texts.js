// The texts of the page in the reader's language, and how numbers and times are written in it.

export const LANGUAGES = { en: "English", vi: "Tiếng Việt" };

const KEY = "maie-language";
let english = {};
let texts = {};
let language = "en";

/** The language that was chosen here before, else the first of the browser's that there is. */
export function preferredLanguage() {
  let chosen = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch {
    // storage is switched off: the browser's language counts
  }
  const wishes = [chosen, ...navigator.languages].filter(Boolean).map((tag) => tag.slice(0, 2));
  return wishes.find((tag) => tag in LANGUAGES) ?? "en";
}

/** Loads the texts of a language; those it lacks are English. */
export async function useLanguage(tag, { remember = false } = {}) {
  english = await fetchTexts("en");
  texts = tag === "en" ? english : await fetchTexts(tag);
  language = tag;
  document.documentElement.lang = tag;
  if (remember) {
    try {
      localStorage.setItem(KEY, tag);
    } catch {
      // the choice lasts as long as the page
    }
  }
}

async function fetchTexts(tag) {
  const answer = await fetch(`/${tag}.json`);
  if (!answer.ok) {
    throw new Error(`The texts of the page did not come: ${answer.status}`);
  }
  return answer.json();
}

export function currentLanguage() {
  return language;
}

export function has(key) {
  return key in texts || key in english;
}

/** The text of a key, with `{name}` replaced by the value of that name. */
export function t(key, values = {}) {
  const text = texts[key] ?? english[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** The text for a number of things, from `key.one` or `key.other`. */
export function count(key, number) {
  const form = new Intl.PluralRules(language).select(number);
  const chosen = has(`${key}.${form}`) ? `${key}.${form}` : `${key}.other`;
  return t(chosen, { n: new Intl.NumberFormat(language).format(number) });
}

export function percent(share) {
  return new Intl.NumberFormat(language, { style: "percent" }).format(share);
}

/** Seconds as a clock shows them: 0:07, 12:30, 1:02:03. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** Seconds in words, to the precision that a person cares for. */
export function duration(seconds) {
  if (seconds < 60) {
    return count("seconds", Math.max(1, Math.round(seconds)));
  }
  return seconds < 5400 ? count("minutes", Math.round(seconds / 60)) : count("hours", Math.round(seconds / 3600));
}

export function bytes(number) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  let value = number;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return new Intl.NumberFormat(language, {
    style: "unit",
    unit: units[unit],
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
  }).format(value);
}

/** A moment as seen from now, such as "5 minutes ago", or its date if that is long ago. */
export function moment(instant) {
  const then = new Date(instant);
  const seconds = (then - Date.now()) / 1000;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (seconds > -60) {
    return t("just_now");
  }
  if (seconds > -3600) {
    return relative.format(Math.round(seconds / 60), "minute");
  }
  const today = then.toDateString() === new Date().toDateString();
  const form = today ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return new Intl.DateTimeFormat(language, form).format(then);
}

/** What a language is called, from its code. */
export function languageName(code) {
  try {
    return new Intl.DisplayNames(language, { type: "language" }).of(code);
  } catch {
    return code; // not a code that the browser knows
  }
}
