// The device: how it is, its disks, its models, what its checks found.

import { el, icon, measure } from "./dom.js";
import { bytes, count, duration, has, moment, t } from "./texts.js";

/** The view of the device, filled with each status that comes. */
export function device() {
  const content = el("div.device", {}, el("p.muted", {}, t("loading")));
  return {
    name: "device",
    title: () => t("device.title"),
    element: el(
      "div.page",
      {},
      el("a.back", { href: "#/" }, icon("back"), el("span", {}, t("task.back"))),
      el("h1", { tabindex: -1 }, t("device.title")),
      content,
    ),
    update: ({ status }) => {
      if (status !== null) {
        draw(content, status);
      }
    },
  };
}

function draw(content, status) {
  const fresh = el(
    "div.device",
    {},
    state(status),
    disks(status.disks),
    models(status.models),
    checks(status.checks),
  );
  if (!content.isEqualNode(fresh)) {
    content.replaceChildren(...fresh.children);
  }
}

function card(key, ...children) {
  return el("section.card", {}, el("h2", {}, t(key)), children);
}

function state(status) {
  const { counts } = status;
  const facts = [
    ["device.since", moment(status.started_at)],
    ["device.done", count("recordings", counts.published)],
    ["device.failed", count("recordings", counts.failed)],
    ["device.audio", duration(counts.audio_seconds)],
    ["device.version", status.version],
  ];
  return card(
    "device.state",
    el("p.big", { "data-state": status.state }, el("span.dot"), t(`state.${status.state}`)),
    status.blocked.map((reason) => notice(status.state, reason)),
    el("dl.facts", {}, facts.flatMap(([key, value]) => [el("dt", {}, t(key)), el("dd", {}, value)])),
  );
}

/** A pause is what somebody wished; everything else needs attention. */
function notice(state, reason) {
  const [kind, mark] = state === "PAUSED" ? ["calm", "clock"] : ["bad", "alert"];
  return el(`p.notice.${kind}`, {}, icon(mark), el("span", { lang: "en" }, reason));
}

/** Folders on the same disk are one line. */
function disks(list) {
  const byDisk = new Map();
  for (const folder of list) {
    const key = `${folder.free_bytes} ${folder.total_bytes} ${folder.level}`;
    byDisk.set(key, [...(byDisk.get(key) ?? []), folder]);
  }
  return card("device.disks", el("ul.meters", {}, [...byDisk.values()].map(disk)));
}

function disk(folders) {
  const { free_bytes: free, total_bytes: total, level } = folders[0];
  return el(
    "li",
    {},
    el("span.label", {}, folders.map((one) => one.folder).join(", ")),
    el("span.muted", {}, t("device.free", { free: bytes(free), total: bytes(total) })),
    measure(
      el(`span.bar.${level.toLowerCase()}`, { "aria-hidden": "true" }),
      "--share",
      total > 0 ? 1 - free / total : 0,
    ),
    level === "FINE" ? null : el("p.warn", {}, t(`device.disk.${level}`)),
  );
}

function models(list) {
  const rows = list.map((model) => {
    const task = has(`device.model.${model.task}`) ? t(`device.model.${model.task}`) : model.task;
    return el(
      "li",
      {},
      el("span.label", {}, model.name),
      el("span.muted", {}, task),
      model.in_use ? el("span.chip", {}, t("device.in_use")) : null,
    );
  });
  return card("device.models", el("ul.lines", {}, rows));
}

function checks(list) {
  const marks = { FAILURE: "cross", WARNING: "alert", OK: "check" };
  const order = Object.keys(marks);
  const worstFirst = [...list].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  const rows = worstFirst.map((check) =>
    el(
      `li.check.${check.level.toLowerCase()}`,
      {},
      icon(marks[check.level] ?? "alert"),
      el(
        "div",
        { lang: "en" },
        el("span.label", {}, check.name, el("span.quiet-for-eyes", {}, `: ${check.level}`)),
        el("p.muted", {}, check.message),
        check.hint ? el("p.help", {}, check.hint) : null,
      ),
    ),
  );
  return card("device.checks", el("ul.lines", {}, rows));
}
