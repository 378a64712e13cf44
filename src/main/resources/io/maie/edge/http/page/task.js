// One task: on its way with the text so far, failed with what to do, or the transcript.

import * as api from "./api.js";
import { announce, button, el, heading, icon, measure } from "./dom.js";
import { hintOf, sentenceOf, titleOf } from "./failures.js";
import { reasonOf } from "./side.js";
import { clock, duration, has, moment, percent, t } from "./texts.js";
import { transcript } from "./transcript.js";

const STAGES = ["decode", "vad", "asr", "diarization", "text", "publish"];
const ANNOUNCED_STEP = 25;

/** The view of the task `id`. */
export function task(id, { open, refresh }) {
  const element = el("div.page", { "aria-busy": "true" }, el("p.muted", {}, t("loading")));
  const view = {
    name: "task",
    element,
    title: () => view.heading ?? t("loading"),
    update: (known) => view.part?.update?.(known),
    leave: () => {
      view.part?.leave?.();
      view.hasLeft = true;
    },
  };
  const show = (name, part) => {
    view.part?.leave?.();
    view.part = part;
    view.heading = name;
    document.title = `${name} · MAIE Edge`;
    element.removeAttribute("aria-busy");
    element.replaceChildren(back(), part.element);
  };
  const load = async () => {
    const [state, problem] = await api.attempt(api.get(`/v1/status/${id}`));
    if (view.hasLeft) {
      return;
    }
    if (problem === null) {
      show(state.name, partOf(state, { open, refresh, load }));
    } else {
      show(t("task.missing"), missing(problem, load));
    }
  };
  load();
  return view;
}

function back() {
  return el("a.back", { href: "#/" }, icon("back"), el("span", {}, t("task.back")));
}

function partOf(state, actions) {
  if (state.status === "COMPLETE") {
    return transcript(state);
  }
  return state.status === "FAILED" ? failed(state, actions) : onItsWay(state, actions);
}

function missing(problem, load) {
  const text = problem.status === 404 ? t("task.missing.text") : sentenceOf(problem);
  const again = button(t("again"), "again", load);
  return {
    element: el(
      "div.card",
      {},
      el("h1", { tabindex: -1 }, t("task.missing")),
      el("p", {}, text),
      problem.status === 404 ? null : again,
    ),
  };
}

/** A task that has not ended: how far it is, and the text that is there already. */
function onItsWay(state, { load, refresh }) {
  const texts = new Map();
  const words = el("div.growing");
  const bar = el("div.progress", {
    role: "progressbar",
    "aria-label": t("progress.label"),
    "aria-valuemin": 0,
    "aria-valuemax": 100,
  });
  const line = el("p.progress-line");
  const stages = el("ol.stages");
  const stop = button(t("task.cancel"), "cross", async () => {
    stop.disabled = true;
    try {
      await api.cancel(state.task_id);
    } catch (problem) {
      stop.disabled = false;
      line.textContent = sentenceOf(problem);
    }
  });
  const draw = (progress) => drawProgress({ bar, line, stages }, progress);
  const close = api.follow(state.task_id, {
    progress: draw,
    text: (part) => {
      texts.set(part.start, part);
      drawTexts(words, [...texts.values()]);
    },
    end: () => {
      finish();
      refresh();
    },
  });
  const finish = () => {
    close();
    announce(t("progress.done", { name: state.name }));
    load();
  };
  draw(state);
  return {
    element: el(
      "div",
      {},
      el("header.head", {}, heading(state.name), el("div.buttons", {}, stop)),
      el("div.card", {}, bar, line, stages),
      words,
    ),
    leave: close,
    // Events may not get through; what is polled tells the same, later and without the text.
    update: ({ tasks, status }) => {
      const now = status?.running;
      if (tasks?.ended.some((one) => one.task_id === state.task_id)) {
        finish();
      } else if (now?.task_id === state.task_id) {
        draw(now);
      } else {
        const waiting = (tasks?.open ?? []).filter((one) => one.task_id !== now?.task_id);
        const before = waiting.findIndex((one) => one.task_id === state.task_id);
        line.textContent = reasonOf(status, waiting[before], Math.max(0, before));
      }
    },
  };
}

function drawProgress({ bar, line, stages }, progress) {
  const { stage = "", percent: done = 0 } = progress;
  const left = progress.remaining_seconds ?? progress.eta_seconds;
  bar.setAttribute("aria-valuenow", done);
  bar.dataset.stage = stage;
  bar.classList.toggle("unknown", stage === "");
  measure(bar, "--share", done / 100);
  if (stage === "") {
    line.textContent = t("waiting.starting");
  } else {
    const name = has(`stage.${stage}`) ? t(`stage.${stage}`) : stage;
    const rest = left ? ` · ${t("left", { time: duration(left) })}` : "";
    line.textContent = `${name} · ${percent(done / 100)}${rest}`;
    if (done % ANNOUNCED_STEP === 0) {
      announce(line.textContent);
    }
  }
  const at = STAGES.indexOf(stage);
  stages.replaceChildren(
    ...STAGES.map((name, index) => {
      const state = index < at ? "done" : index === at ? "now" : "ahead";
      const mark = state === "done" ? icon("check") : el("span.dot");
      const current = state === "now" ? "step" : null;
      return el(`li.${state}`, { "aria-current": current }, mark, t(`stage.short.${name}`));
    }),
  );
}

function drawTexts(words, parts) {
  parts.sort((a, b) => a.start - b.start);
  const isNearEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 120;
  words.replaceChildren(
    ...parts.map((part) =>
      el("p.grown", {}, el("span.stamp", {}, clock(part.start)), el("span", {}, part.text)),
    ),
  );
  if (isNearEnd) {
    scrollTo({ top: document.documentElement.scrollHeight });
  }
}

/** A task that failed: why, what to do, and the way to have it done again. */
function failed(state, { open, refresh }) {
  const trouble = el("p.trouble", { role: "alert" });
  const again = button(
    t("failure.again"),
    "again",
    async () => {
      again.disabled = true;
      try {
        const next = await api.post(`/v1/tasks/${state.task_id}/retry`);
        refresh();
        open(`#/task/${next.task_id}`);
      } catch (problem) {
        again.disabled = false;
        trouble.textContent = sentenceOf(problem);
      }
    },
    { kind: "primary" },
  );
  const isCancelled = state.error_code === "CANCELLED";
  return {
    element: el(
      "div",
      {},
      el("header.head", {}, heading(state.name)),
      el("p.muted", {}, moment(state.submitted_at)),
      el(
        `div.card.failure${isCancelled ? ".calm" : ""}`,
        {},
        el("h2", {}, icon(isCancelled ? "cross" : "alert"), titleOf(state)),
        el("p", {}, hintOf(state)),
        el("div.buttons", {}, again),
        trouble,
        details(state),
      ),
    ),
  };
}

function details(state) {
  return el(
    "details.more",
    {},
    el("summary", {}, icon("forward"), t("failure.details")),
    el(
      "dl.facts",
      {},
      el("dt", {}, t("failure.message")),
      el("dd", { lang: "en" }, state.error),
      el("dt", {}, t("failure.code")),
      el("dd", {}, el("code", {}, state.error_code)),
      el("dt", {}, t("failure.task")),
      el("dd", {}, el("code", {}, state.task_id)),
    ),
  );
}
