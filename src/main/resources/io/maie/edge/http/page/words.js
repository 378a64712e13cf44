// The words of a transcript as elements, grouped into paragraphs that read well.

import { button, el } from "./dom.js";
import { clock, percent, t } from "./texts.js";

/** Below this, a word is shown as doubtful. */
const DOUBT = 0.5;
const LONGEST_PAUSE_SECONDS = 2;
const LONGEST_PARAGRAPH_SECONDS = 40;
const END_OF_SENTENCE = /[.!?…。！？]["'”’)]?$/u;

/** Segments of one speaker without a long pause, ended where a sentence does if it gets long. */
export function paragraphsOf(segments) {
  const paragraphs = [];
  for (const segment of segments) {
    const last = paragraphs.at(-1);
    if (last !== undefined && belongsTo(last, segment)) {
      last.segments.push(segment);
      last.end = segment.end;
    } else {
      const { start, end, speaker } = segment;
      paragraphs.push({ start, end, speaker, segments: [segment] });
    }
  }
  return paragraphs;
}

function belongsTo(paragraph, segment) {
  const before = paragraph.segments.at(-1);
  const isLong = segment.end - paragraph.start > LONGEST_PARAGRAPH_SECONDS;
  return (
    paragraph.speaker === segment.speaker &&
    segment.start - paragraph.end < LONGEST_PAUSE_SECONDS &&
    !(isLong && END_OF_SENTENCE.test(before.text))
  );
}

/**
 * A paragraph.
 *
 * @param {(seconds: number) => void} play from that time
 * @param {Array<object>|null} words gets each word as `{element, start, end}`, in order; null if
 *     the words have no times of their own
 */
export function paragraphElement(paragraph, speaker, play, words) {
  const time = clock(paragraph.start);
  const stamp = button(time, null, () => play(paragraph.start), {
    kind: "stamp",
    "aria-label": t("transcript.play_from", { time }),
  });
  const text = el("p.text");
  for (const segment of paragraph.segments) {
    if (text.childNodes.length > 0) {
      text.append(" ");
    }
    if (words === null) {
      text.append(segment.text);
    } else {
      appendWords(text, segment, words);
    }
  }
  const name = speaker ? el("span.speaker-name", {}, speaker.name) : null;
  const colour = speaker ? `.voice-${speaker.colour}` : "";
  return el(
    `div.paragraph${colour}`,
    { "data-speaker": paragraph.speaker ?? null },
    el("div.paragraph-head", {}, name, stamp),
    text,
  );
}

/** The text of the segment as it is, with an element around each word that has times. */
function appendWords(parent, segment, words) {
  const listed = segment.words?.length > 0 ? segment.words : [wholeOf(segment)];
  let at = 0;
  for (const word of listed) {
    const found = segment.text.indexOf(word.word, at);
    if (found < 0) {
      continue; // the words differ from the text: what is not found is in the text all the same
    }
    if (found > at) {
      parent.append(segment.text.slice(at, found));
    }
    parent.append(wordElement(word, words));
    at = found + word.word.length;
  }
  if (at < segment.text.length) {
    parent.append(segment.text.slice(at));
  }
}

function wholeOf({ start, end, text, confidence }) {
  return { start, end, word: text, probability: confidence };
}

function wordElement({ word, start, end, probability }, words) {
  const isDoubtful = probability !== undefined && probability < DOUBT;
  const title = isDoubtful ? t("transcript.sure", { share: percent(probability) }) : null;
  const element = el(`span.word${isDoubtful ? ".doubtful" : ""}`, { title, "data-word": words.length }, word);
  words.push({ element, start, end, isDoubtful, text: word });
  return element;
}
