// The result: who said what and when, played at a click, searched, downloaded.

import { announce, button, el, icon } from "./dom.js";
import { Player } from "./player.js";
import { Search } from "./search.js";
import { colourOf, nameOf, speakersPanel } from "./speakers.js";
import { summaryPanel } from "./summary.js";
import { clock, count, duration, has, languageName, moment, t } from "./texts.js";
import { paragraphElement, paragraphsOf } from "./words.js";

const HAND_SCROLLED_MILLIS = 4000;
const FORMATS = ["txt", "srt", "vtt", "rttm", "json"];

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
      notes(state.result),
      summaryPanel(results.summary),
      speakersPanel(results, seconds, reader),
      said.length > 0 ? reader.tools() : null,
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
    el("h1", { tabindex: -1 }, state.name),
    el("div.buttons", {}, hasClipboard ? copy : null, downloads(state)),
  );
}

function downloads(state) {
  const base = `/v1/tasks/${state.task_id}`;
  const hasSpeakers = Boolean(state.result.results.turns);
  const item = (address, name, key) =>
    el("li", {}, el("a", { href: address, download: name }, el("strong", {}, t(key)), el("span.help", {}, t(`${key}.help`))));
  const formats = FORMATS.filter((format) => format !== "rttm" || hasSpeakers);
  const menu = el(
    "details.menu",
    {
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
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  });
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

/** Warnings, and what was taken out because nobody said it. */
function notes({ warnings = [], results }) {
  const removed = results.removed ?? [];
  const number = warnings.length + removed.length;
  if (number === 0) {
    return null;
  }
  return el(
    "details.more.notes",
    {},
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

/** The words, and how they follow the sound. */
class Reader {
  constructor(state, seconds) {
    const { segments = [], speakers = [] } = state.result.results;
    this.words = [];
    this.now = null;
    this.handScrolled = 0;
    this.timeListeners = [];
    this.player = new Player(`/v1/tasks/${state.task_id}/audio`, seconds, (now) => this.#mark(now));
    this.element = el("section.words", {
      "aria-label": t("transcript.title"),
      click: (event) => this.#clicked(event),
      keydown: (event) => this.#pressed(event),
    });
    for (const paragraph of paragraphsOf(segments)) {
      const index = speakers.findIndex((speaker) => speaker.id === paragraph.speaker);
      const speaker = index < 0 ? null : { name: nameOf(speakers[index]), colour: colourOf(index) };
      const play = (from) => this.playFrom(from);
      this.element.append(paragraphElement(paragraph, speaker, play, this.words));
    }
    this.words[0]?.element.setAttribute("tabindex", "0");
    this.search = new Search(this.words, (word) => this.reveal(word));
    this.scrolled = () => {
      this.handScrolled = Date.now();
    };
    for (const event of ["wheel", "touchmove"]) {
      window.addEventListener(event, this.scrolled, { passive: true });
    }
  }

  /** The search, and what leads through the doubtful words. */
  tools() {
    const doubtful = this.words.filter((word) => word.isDoubtful);
    const confidence = el("p.legend.muted", {});
    if (doubtful.length > 0) {
      let at = -1;
      const next = button(count("doubtful", doubtful.length), null, () => {
        at = (at + 1) % doubtful.length;
        this.reveal(doubtful[at]);
        this.#focus(doubtful[at].element);
        announce(t("doubtful.at", { word: doubtful[at].text, n: at + 1, of: doubtful.length }));
      }, { kind: "doubts", title: t("doubtful.next") });
      confidence.append(next);
    }
    return el("div.reading-tools", {}, this.search.element, doubtful.length > 0 ? confidence : null);
  }

  playFrom(seconds) {
    this.handScrolled = 0;
    this.player.playFrom(seconds);
  }

  reveal(word) {
    this.handScrolled = Date.now();
    scrollTo(word.element);
  }

  /** Calls `listener` with the time whenever it changes. */
  onTime(listener) {
    this.timeListeners.push(listener);
  }

  /** Shows the words of one speaker, or of all if it is null. */
  showOnly(speaker) {
    for (const paragraph of this.element.children) {
      paragraph.classList.toggle("dim", speaker !== null && paragraph.dataset.speaker !== speaker);
    }
  }

  leave() {
    this.player.leave();
    for (const event of ["wheel", "touchmove"]) {
      window.removeEventListener(event, this.scrolled);
    }
  }

  #clicked(event) {
    const element = event.target.closest(".word");
    const isSelecting = !getSelection().isCollapsed;
    if (element !== null && !isSelecting) {
      this.#focus(element);
      this.playFrom(this.words[Number(element.dataset.word)].start);
    }
  }

  /** The words are one stop of the tab key; arrows go from word to word. */
  #pressed(event) {
    const element = event.target.closest(".word");
    if (element === null) {
      return;
    }
    const index = Number(element.dataset.word);
    const steps = { ArrowRight: 1, ArrowLeft: -1 };
    if (event.key in steps) {
      const next = this.words[index + steps[event.key]];
      if (next !== undefined) {
        this.#focus(next.element);
      }
    } else if (event.key === "Enter") {
      this.playFrom(this.words[index].start);
    } else if (event.key === " ") {
      this.player.playOrPause();
    } else {
      return;
    }
    event.preventDefault();
  }

  #focus(element) {
    this.element.querySelector('.word[tabindex="0"]')?.removeAttribute("tabindex");
    element.setAttribute("tabindex", "0");
    element.focus({ preventScroll: true });
    scrollTo(element, "nearest");
  }

  /** Marks the word that is heard at `seconds`. */
  #mark(seconds) {
    const word = this.#wordAt(seconds);
    if (word !== this.now) {
      this.now?.element.classList.remove("now");
      word?.element.classList.add("now");
      this.now = word;
      if (word !== null && this.player.isPlaying) {
        this.#followTo(word.element);
      }
    }
    this.timeListeners.forEach((listener) => listener(seconds));
  }

  #followTo(element) {
    const { top, bottom } = element.getBoundingClientRect();
    const isInSight = top > innerHeight * 0.15 && bottom < innerHeight * 0.75;
    if (!isInSight && Date.now() - this.handScrolled > HAND_SCROLLED_MILLIS) {
      scrollTo(element);
    }
  }

  /** The last word that has begun, until its end; by bisection, as they are in order. */
  #wordAt(seconds) {
    let low = 0;
    let high = this.words.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.words[middle].start <= seconds) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const word = this.words[low - 1] ?? null;
    return word !== null && seconds < word.end && seconds > 0 ? word : null;
  }
}

function scrollTo(element, block = "center") {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: isCalm ? "auto" : "smooth" });
}
