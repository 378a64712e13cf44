// Reading: the words that are heard are marked, and a click on a word plays it.

import { countWhile } from "./bisect.js";
import { announce, button, el } from "./dom.js";
import { Player } from "./player.js";
import { Search } from "./search.js";
import { colourOf, nameOf } from "./speakers.js";
import { count, t } from "./texts.js";
import { paragraphElement, paragraphsOf } from "./words.js";

const HAND_SCROLLED_MILLIS = 4000;

/** The text, word for word and as it reads well, and how it follows the sound. */
export class Reader {
  constructor(state, seconds) {
    const { segments = [], paragraphs = [], speakers = [] } = state.result.results;
    this.words = [];
    this.now = null;
    this.handScrolled = 0;
    this.timeListeners = [];
    this.player = new Player(`/v1/tasks/${state.task_id}/audio`, seconds, (now) => this.#mark(now));
    this.spoken = el("section.words", {
      "aria-label": t("transcript.title"),
      click: (event) => this.#clicked(event),
      keydown: (event) => this.#pressed(event),
    });
    this.clean = el("section.words.clean", { "aria-label": t("transcript.title"), hidden: true });
    const speakerOf = (id) => {
      const index = speakers.findIndex((speaker) => speaker.id === id);
      return index < 0 ? null : { name: nameOf(speakers[index]), colour: colourOf(index) };
    };
    const play = (from) => this.playFrom(from);
    for (const paragraph of paragraphsOf(segments)) {
      this.spoken.append(paragraphElement(paragraph, speakerOf(paragraph.speaker), play, this.words));
    }
    for (const paragraph of paragraphs) {
      const segments = [{ ...paragraph, words: [] }];
      this.clean.append(
        paragraphElement({ ...paragraph, segments }, speakerOf(paragraph.speaker), play, null),
      );
    }
    this.words[0]?.element.setAttribute("tabindex", "0");
    this.search = new Search(this.words, (word) => this.reveal(word));
    this.tools = this.#findings();
    this.element = el("div", {}, this.#choice(), this.tools, this.spoken, this.clean);
    this.scrolled = () => {
      this.handScrolled = Date.now();
    };
    for (const event of ["wheel", "touchmove"]) {
      window.addEventListener(event, this.scrolled, { passive: true });
    }
  }

  /** The choice between the two texts; null if there is one only. */
  #choice() {
    if (this.clean.childElementCount === 0) {
      return null;
    }
    const choose = (isClean) => {
      this.clean.hidden = !isClean;
      this.spoken.hidden = isClean;
      this.tools.hidden = isClean;
      buttons.forEach((one, index) => one.setAttribute("aria-pressed", String((index === 1) === isClean)));
    };
    const buttons = ["transcript.spoken", "transcript.clean"].map((key, index) =>
      button(t(key), null, () => choose(index === 1), { kind: "choice", "aria-pressed": String(index === 0) }),
    );
    return el("div.choices", { role: "group", "aria-label": t("transcript.kind") }, buttons);
  }

  /** The search, and what leads through the doubtful words. */
  #findings() {
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
    for (const paragraph of [...this.spoken.children, ...this.clean.children]) {
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
    this.spoken.querySelector('.word[tabindex="0"]')?.removeAttribute("tabindex");
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

  /** The last word that has begun, until its end. */
  #wordAt(seconds) {
    const begun = countWhile(this.words, (word) => word.start <= seconds);
    const word = this.words[begun - 1] ?? null;
    return word !== null && seconds < word.end && seconds > 0 ? word : null;
  }
}

function scrollTo(element, block = "center") {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block, behavior: isCalm ? "auto" : "smooth" });
}
