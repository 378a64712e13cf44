// Who spoke when: a line per speaker, a way to read one speaker alone.

import { el, measure } from "./dom.js";
import { clock, percent, t } from "./texts.js";

const COLOURS = 8;

/** Which of the colours of speakers the one at `index` has. */
export function colourOf(index) {
  return index % COLOURS;
}

/** The name somebody gave, or the number of the speaker. */
export function nameOf({ id, name }) {
  return name ?? t("speaker", { n: id.replace(/^S/, "") });
}

/** A timeline per speaker; null if speakers were not told apart. */
export function speakersPanel({ speakers = [], turns = [] }, seconds, reader) {
  if (speakers.length === 0 || seconds <= 0) {
    return null;
  }
  let chosen = null;
  const buttons = [];
  const choose = (id) => {
    chosen = chosen === id ? null : id;
    reader.showOnly(chosen);
    buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.id === chosen)));
  };
  const rows = speakers.map((speaker, index) => {
    const name = el(
      "button.voice",
      { type: "button", "aria-pressed": "false", "data-id": speaker.id, click: () => choose(speaker.id) },
      el("span.swatch"),
      el("span.voice-name", { title: nameOf(speaker) }, nameOf(speaker)),
      el("span.muted", {}, `${percent(speaker.share)} · ${clock(speaker.seconds)}`),
    );
    buttons.push(name);
    const own = turns.filter((turn) => turn.speaker === speaker.id);
    return el(`li.voice-${colourOf(index)}`, {}, name, track(own, seconds, reader));
  });
  const heads = rows.map((item) => item.querySelector(".track"));
  reader.onTime((now) => heads.forEach((head) => measure(head, "--now", now / seconds)));
  return el(
    "section.card.voices",
    { "aria-label": t("speakers.title") },
    el("h2", {}, t("speakers.title")),
    el("p.help", {}, t("speakers.help")),
    el("ul", {}, rows),
  );
}

/** For eyes and pointers; the times of the turns are in the transcript for everybody. */
function track(turns, seconds, reader) {
  const line = el("div.track", {
    "aria-hidden": "true",
    click: (event) => {
      const { left, width } = line.getBoundingClientRect();
      reader.playFrom(((event.clientX - left) / width) * seconds);
    },
  });
  for (const turn of turns) {
    const block = el("span.turn");
    measure(block, "--from", turn.start / seconds);
    measure(block, "--length", (turn.end - turn.start) / seconds);
    line.append(block);
  }
  return line;
}
