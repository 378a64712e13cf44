// Sending recordings: choose, drop or record; with what may be said about them.

import * as api from "./api.js";
import { announce, el, icon } from "./dom.js";
import { sentenceOf } from "./failures.js";
import { Recorder } from "./recorder.js";
import { count, currentLanguage, languageName, t } from "./texts.js";

const SPOKEN = [
  ..."ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms".split(" "),
  ..."nl no pl pt ro ru sk sl sr sv sw ta th tl tr uk ur vi zh".split(" "),
];
const PAUSE_SECONDS = 10;
const PASSING = ["QUEUE_FULL", "UNREACHABLE"];

/** Recordings on their way to the device, one after the other. */
export class Uploads {
  constructor(onChange) {
    this.list = [];
    this.onChange = onChange;
    this.last = Promise.resolve();
  }

  isSending() {
    return this.list.some((one) => !one.failed);
  }

  /**
   * Sends a recording after those before it.
   *
   * @param {File} file the recording
   * @param {Array<[string, string]>} parameters fields of the form
   * @returns {Promise<string|null>} the id of its task; null if it could not be sent
   */
  add(file, parameters) {
    const one = { name: file.name, share: 0, trouble: t("upload.queued"), failed: false };
    this.list = [...this.list.filter((other) => !other.failed), one];
    this.onChange();
    const done = this.last.then(() => this.#send(one, file, parameters));
    this.last = done;
    return done;
  }

  async #send(one, file, parameters) {
    const form = new FormData();
    for (const [name, value] of parameters) {
      form.append(name, value);
    }
    form.append("file", file);
    for (;;) {
      one.trouble = null;
      this.onChange();
      try {
        const { done } = api.send(form, (share) => {
          one.share = share;
          this.onChange();
        });
        const task = await done;
        this.list = this.list.filter((other) => other !== one);
        this.onChange();
        return task.task_id;
      } catch (problem) {
        one.share = 0;
        one.trouble = sentenceOf(problem);
        one.failed = !PASSING.includes(problem.code);
        this.onChange();
        announce(`${one.name}: ${one.trouble}`);
        if (one.failed) {
          return null;
        }
        await pause(problem.retryAfter ?? PAUSE_SECONDS);
      }
    }
  }
}

function pause(seconds) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

/** The view where recordings are sent. */
export function upload(uploads, { open }) {
  const options = optionsForm();
  const sendAll = async (files) => {
    const tasks = files.map((file) => uploads.add(file, parametersOf(options)));
    announce(count("upload.started", files.length));
    const ids = await Promise.all(tasks);
    if (files.length === 1 && ids[0] !== null && element.isConnected) {
      open(`#/task/${ids[0]}`);
    }
  };
  const recorder = new Recorder((file) => sendAll([file]));
  const trouble = el("div", { role: "alert" });
  const element = el(
    "div.page.upload",
    {},
    el("h1", { tabindex: -1 }, t("upload.title")),
    el("p.lead", {}, t("upload.lead")),
    dropZone(sendAll),
    el("div.or", {}, el("span", {}, t("upload.or"))),
    recorder.element,
    trouble,
    options,
  );
  return {
    name: "upload",
    title: () => t("upload.title"),
    element,
    isRecording: () => recorder.isRecording(),
    leave: () => recorder.leave(),
    update: () => drawTroubles(trouble, uploads),
  };
}

function drawTroubles(trouble, uploads) {
  const failed = uploads.list.filter((one) => one.failed);
  const content = el(
    "div",
    {},
    failed.map((one) =>
      el("p.notice.bad", {}, icon("alert"), el("span", {}, el("strong", {}, one.name), " ", one.trouble)),
    ),
  );
  if (!trouble.firstElementChild?.isEqualNode(content)) {
    trouble.replaceChildren(content);
  }
}

function dropZone(sendAll) {
  const input = el("input.quiet-for-eyes", {
    type: "file",
    id: "file",
    multiple: true,
    accept: "audio/*,video/*,.flac,.opus,.amr,.wma,.ds2,.dss,.mka,.mkv",
    change: () => {
      sendAll([...input.files]);
      input.value = "";
    },
  });
  const zone = el(
    "label.drop",
    { for: "file" },
    icon("upload"),
    el("span.drop-title", {}, t("upload.drop")),
    el("span.button.primary", {}, t("upload.choose")),
    el("span.help", {}, t("upload.kinds")),
  );
  const over = (isOver) => (event) => {
    event.preventDefault();
    zone.classList.toggle("over", isOver);
  };
  zone.addEventListener("dragenter", over(true));
  zone.addEventListener("dragover", over(true));
  zone.addEventListener("dragleave", over(false));
  zone.addEventListener("drop", (event) => {
    over(false)(event);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) {
      sendAll(files);
    }
  });
  return el("div.drop-frame", {}, input, zone);
}

function optionsForm() {
  const names = SPOKEN.map((code) => [code, languageName(code)]).sort((a, b) =>
    a[1].localeCompare(b[1], currentLanguage()),
  );
  const language = el(
    "select.select",
    { id: "spoken", name: "language" },
    el("option", { value: "" }, t("options.language.auto")),
    names.map(([code, name]) => el("option", { value: code }, name)),
  );
  const speakers = el("input.field.short", {
    id: "speakers",
    name: "num_speakers",
    type: "number",
    min: 1,
    max: 64,
    inputmode: "numeric",
    placeholder: t("options.speakers.auto"),
  });
  const howMany = el("div.option.sub", { hidden: true }, label("speakers", "options.speakers"), speakers);
  const tellApart = el("input", {
    type: "checkbox",
    role: "switch",
    id: "tell",
    name: "enable_diarization",
    value: "true",
    change: () => {
      howMany.hidden = !tellApart.checked;
    },
  });
  return el(
    "form.card.options",
    { submit: (event) => event.preventDefault(), "aria-label": t("options.title") },
    el("h2", {}, t("options.title")),
    el(
      "div.option",
      {},
      label("spoken", "options.language"),
      el("span.select-frame", {}, language, icon("down")),
    ),
    el("div.option", {}, label("tell", "options.tell"), el("span.switch", {}, tellApart, el("span.knob"))),
    howMany,
    el("div.option", {}, label("text", "options.text"), textChoice()),
    choice("summary", "template_id", "/v1/templates", templatesOf),
    choice("model", "asr_model", "/v1/models", modelsOf),
    el(
      "div.option.stacked",
      {},
      label("vocabulary", "options.vocabulary"),
      el("input.field", {
        id: "vocabulary",
        name: "vocabulary",
        type: "text",
        placeholder: t("options.vocabulary.example"),
      }),
    ),
  );
}

function label(id, key) {
  return el("label.label", { for: id }, t(key), el("span.help", {}, t(`${key}.help`)));
}

/** What the API is asked for by each choice of text. */
const TEXTS = {
  spoken: [],
  clean: [["features", "raw_transcript,clean_transcript"]],
  short: [
    ["features", "raw_transcript,clean_transcript"],
    ["cleaning", "fillers,numbers"],
  ],
};

/** A choice among what is installed; stays hidden where there is nothing to choose. */
function choice(key, name, path, choicesOf) {
  const select = el("select.select", { id: key, name });
  const option = el(
    "div.option",
    { hidden: true },
    label(key, `options.${key}`),
    el("span.select-frame", {}, select, icon("down")),
  );
  api.attempt(api.get(path)).then(([answer]) => {
    const choices = answer === null ? [] : choicesOf(answer);
    select.replaceChildren(
      el("option", { value: "" }, t(`options.${key}.none`)),
      ...choices.map(([value, text]) => el("option", { value }, text)),
    );
    option.hidden = choices.length === 0;
  });
  return option;
}

/** Speech models, if there are several. */
function modelsOf({ data }) {
  const usable = data.filter((one) => one.task === "asr" && one.state === "ok");
  return usable.length < 2 ? [] : usable.map((one) => [one.id, one.id]);
}

function templatesOf({ templates }) {
  return templates.filter((one) => one.problems.length === 0).map((one) => [one.id, one.title]);
}

function textChoice() {
  const options = Object.keys(TEXTS).map((name) =>
    el("option", { value: name, selected: name === "clean" }, t(`options.text.${name}`)),
  );
  return el("span.select-frame", {}, el("select.select", { id: "text" }, options), icon("down"));
}

/** The fields of the form that say something, as the API takes them. */
function parametersOf(form) {
  const said = [...new FormData(form)].filter(([, value]) => value.trim() !== "");
  const fields = said.filter(([name]) => name !== "num_speakers" || form.elements.tell.checked);
  const texts = TEXTS[form.elements.text.value];
  if (!fields.some(([name]) => name === "template_id")) {
    return [...fields, ...texts];
  }
  const others = texts.filter(([name]) => name !== "features");
  return [...fields, ...others, ["features", "raw_transcript,clean_transcript,summary"]];
}
