// The result: who said what and when, played at a click, searched, downloaded.

import { announce, button, el, heading, icon } from "./dom.js";
import { Reader } from "./reader.js";
import { speakersPanel } from "./speakers.js";
import { summaryPanel } from "./summary.js";
import { clock, count, duration, has, languageName, moment, t } from "./texts.js";

const FORMATS = ["html", "txt", "md", "srt", "vtt", "rttm", "json"];

/** The part of the page that shows `state`, a task with its result. */
export function transcript(state) {
  const results = state.result.results;
  const seconds = state.result.source.duration_seconds ?? 0;
  const reader = new Reader(state, seconds);
  const said = results.segments ?? [];
  return {
    element: el(
      "div.transcript",
      {},
      head(state, results),
      facts(state, reader),
      earlier(state.result),
      notes(state.result),
      summaryPanel(results, (seconds) => reader.playFrom(seconds)),
      speakersPanel(results, seconds, reader),
      said.length > 0 ? reader.element : el("p.empty.card", {}, t("transcript.silent")),
      reader.player.element,
    ),
    leave: () => reader.leave(),
  };
}

function head(state, results) {
  const hasClipboard = Boolean(navigator.clipboard) && Boolean(results.raw_transcript);
  const text = results.clean_transcript ?? results.raw_transcript;
  const copy = button(t("transcript.copy"), "copy", async () => {
    await navigator.clipboard.writeText(text);
    copy.querySelector("span").textContent = t("transcript.copied");
    announce(t("transcript.copied"));
  });
  return el(
    "header.head",
    {},
    heading(state.name),
    el("div.buttons", {}, hasClipboard ? copy : null, downloads(state)),
  );
}

function downloads(state) {
  const base = `/v1/tasks/${state.task_id}`;
  const hasSpeakers = Boolean(state.result.results.turns);
  const item = (address, name, key) =>
    el("li", {}, el("a", { href: address, download: name }, el("strong", {}, t(key)), el("span.help", {}, t(`${key}.help`))));
  const formats = FORMATS.filter((format) => format !== "rttm" || hasSpeakers);
  const outside = (event) => {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  };
  const menu = el(
    "details.menu",
    {
      toggle: () => {
        if (menu.open) {
          document.addEventListener("click", outside);
        } else {
          document.removeEventListener("click", outside);
        }
      },
      keydown: (event) => {
        if (event.key === "Escape") {
          menu.open = false;
          menu.querySelector("summary").focus();
        }
      },
      focusout: (event) => {
        if (event.relatedTarget !== null && !menu.contains(event.relatedTarget)) {
          menu.open = false;
        }
      },
    },
    el("summary.button.primary", {}, icon("download"), el("span", {}, t("download"))),
    el(
      "ul.card",
      {},
      formats.map((format) => item(`${base}/result.${format}`, `${state.name}.${format}`, `download.${format}`)),
      item(`${base}/audio`, state.name, "download.audio"),
    ),
  );
  return menu;
}

/** One line of what one wants to know first. */
function facts(state, reader) {
  const { result } = state;
  const language = result.results.language?.code;
  const parts = [
    moment(result.completed_at),
    duration(result.source.duration_seconds ?? 0),
    language ? languageName(language) : null,
    count("words", reader.words.length),
    result.versions?.asr_backend?.name ?? null,
  ];
  return el("p.facts-line.muted", {}, parts.filter(Boolean).join(" · "));
}

/** Where the text comes from if the same recording had been transcribed before. */
function earlier({ duplicate_of: id }) {
  if (!id) {
    return null;
  }
  return el(
    "p.notice.calm",
    {},
    icon("check"),
    el("span", {}, t("transcript.earlier"), " ", el("a", { href: `#/task/${id}` }, t("transcript.earlier.open"))),
  );
}

/** Warnings, and what was taken out because nobody said it. */
function notes({ warnings = [], results }) {
  const removed = results.removed ?? [];
  const number = warnings.length + removed.length;
  if (number === 0) {
    return null;
  }
  return el(
    "details.more.notes",
    { open: (results.segments ?? []).length === 0 },
    el("summary", {}, icon("forward"), count("notes", number)),
    el(
      "ul",
      {},
      warnings.map((warning) =>
        el(
          "li",
          {},
          el("strong", {}, has(`warning.${warning.code}`) ? t(`warning.${warning.code}`) : warning.message),
          el("span.help", { lang: "en" }, warning.message),
        ),
      ),
      removed.map((one) =>
        el("li", {}, el("strong", {}, t("notes.removed", { time: clock(one.start) })), el("span.help", {}, one.text)),
      ),
    ),
  );
}
