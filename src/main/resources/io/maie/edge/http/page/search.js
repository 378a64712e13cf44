// Finds text in the words of a transcript, across words, whatever its case and accents.

import { countWhile } from "./bisect.js";
import { button, el, icon } from "./dom.js";
import { t } from "./texts.js";

const ACCENTS = /\p{Diacritic}/gu;

/** Text as it is compared; keeps no length, so offsets are kept per word. */
function plain(text) {
  return text.normalize("NFD").replace(ACCENTS, "").replace(/[đĐ]/g, "d").toLowerCase();
}

export class Search {
  /**
   * @param {Array<{element: Element, text: string}>} words in order
   * @param {(word: object) => void} reveal brings a word into sight
   */
  constructor(words, reveal) {
    this.words = words;
    this.reveal = reveal;
    this.matches = [];
    this.at = -1;
    this.starts = [];
    let text = "";
    for (const word of words) {
      this.starts.push(text.length);
      text += `${plain(word.text).trim()} `;
    }
    this.text = text;
    this.element = this.#assemble();
  }

  #assemble() {
    this.input = el("input.field", {
      id: "search",
      type: "search",
      placeholder: t("search.placeholder"),
      "aria-label": t("search.placeholder"),
      autocomplete: "off",
      input: () => this.#find(),
      keydown: (event) => this.#pressed(event),
    });
    this.status = el("span.search-status.muted", { role: "status" });
    const move = (key, drawing, by) => button(t(key), drawing, () => this.#move(by), { kind: "bare", quiet: true });
    this.moves = el(
      "span.search-moves",
      { hidden: true },
      this.status,
      move("search.previous", "up", -1),
      move("search.next", "down", 1),
    );
    return el("div.search", { role: "search" }, icon("search"), this.input, this.moves);
  }

  #pressed(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      this.#move(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape") {
      this.input.value = "";
      this.#find();
    }
  }

  #find() {
    this.#mark(false);
    const wanted = plain(this.input.value).trim().replace(/\s+/g, " ");
    this.matches = [];
    for (let at = this.text.indexOf(wanted); wanted !== "" && at >= 0; ) {
      this.matches.push(this.#wordsBetween(at, at + wanted.length));
      at = this.text.indexOf(wanted, at + wanted.length);
    }
    this.#mark(true);
    this.at = -1;
    this.moves.hidden = wanted === "";
    if (this.matches.length > 0) {
      this.#move(1);
    } else {
      this.status.textContent = wanted === "" ? "" : t("search.none");
    }
  }

  #wordsBetween(from, to) {
    const first = countWhile(this.starts, (start) => start <= from) - 1;
    return this.words.slice(first, countWhile(this.starts, (start) => start < to));
  }

  #mark(isFound) {
    this.matches.flat().forEach((word) => word.element.classList.toggle("found", isFound));
    if (!isFound) {
      this.#current(false);
    }
  }

  #current(isCurrent) {
    this.matches[this.at]?.forEach((word) => word.element.classList.toggle("found-now", isCurrent));
  }

  #move(by) {
    const number = this.matches.length;
    if (number === 0) {
      return;
    }
    this.#current(false);
    this.at = (this.at + by + number) % number;
    this.#current(true);
    this.reveal(this.matches[this.at][0]);
    this.status.textContent = t("search.at", { n: this.at + 1, of: number });
  }
}
