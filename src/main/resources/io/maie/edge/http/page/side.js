// The list beside: what is being sent, what runs, what waits and why, what has ended.

import { button, el, icon, measure } from "./dom.js";
import { duration, has, moment, percent, t } from "./texts.js";
import { titleOf } from "./failures.js";

const MOST_IGNORED = 20;

/** Why a task waits that is tried again at a certain time. */
const HELD = "DEFERRED";

/** Fills `nav`; elements that have not changed stay, so that focus and reading position do. */
export function side(nav, { tasks, status, older, next }, uploads, { address, showOlder }) {
  const groups = [
    group("side.sending", uploads.map(sending)),
    group("side.running", running(tasks, status)),
    group("side.waiting", waiting(tasks, status)),
    group("side.ended", endedOf(tasks, older).map(ended)),
    next ? button(t("side.older"), null, showOlder, { kind: "bare wide" }) : null,
    group("side.ignored", (status?.ignored ?? []).slice(0, MOST_IGNORED).map(ignored)),
  ].filter((section) => section !== null);
  const start = el(
    "a.button.primary.wide.new",
    { href: "#/", "aria-current": ["", "#/", "#"].includes(address) ? "page" : null },
    icon("plus"),
    el("span", {}, t("side.new")),
  );
  const isEmpty = groups.length === 0 && tasks !== null;
  const content = el(
    "div",
    {},
    el("h2.quiet-for-eyes", { id: "side-title" }, t("side.title")),
    start,
    groups,
    isEmpty ? el("p.empty", {}, t("side.empty")) : null,
  );
  content.querySelector(`a.row[href="${CSS.escape(address)}"]`)?.setAttribute("aria-current", "page");
  merge(nav, content);
}

/** The latest results, then what was asked for besides; a result may be in both by now. */
function endedOf(tasks, older) {
  const latest = tasks?.ended ?? [];
  const shown = new Set(latest.map((task) => task.task_id));
  return [...latest, ...older.filter((task) => !shown.has(task.task_id))];
}

/** Replaces what differs; a focused link finds its twin again. */
function merge(nav, content) {
  if (nav.firstElementChild?.isEqualNode(content)) {
    return;
  }
  const focused = nav.contains(document.activeElement)
    ? document.activeElement.getAttribute("href")
    : null;
  const scrolled = nav.scrollTop;
  nav.replaceChildren(content);
  nav.scrollTop = scrolled;
  if (focused !== null) {
    nav.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}

function group(title, rows) {
  return rows.length === 0
    ? null
    : el("section.group", {}, el("h3", {}, t(title)), el("ul.rows", {}, rows));
}

function row(address, mark, name, lines, bar = null) {
  const inner = [mark, el("span.row-text", {}, el("span.row-name", { title: name }, name), lines), bar];
  return el("li", {}, address ? el("a.row", { href: address }, inner) : el("div.row", {}, inner));
}

function line(text, kind = "") {
  return el(`span.row-line${kind}`, {}, text);
}

function bar(share) {
  return measure(el("span.bar", { "aria-hidden": "true" }), "--share", share);
}

function sending(one) {
  const text = one.trouble ?? (one.share < 1 ? t("upload.sent", { share: percent(one.share) }) : t("upload.arriving"));
  return row(null, icon("upload"), one.name, line(text, one.trouble ? ".warn" : ""), bar(one.share));
}

function runningIds(status) {
  return status?.running ? [status.running.task_id] : [];
}

function running(tasks, status) {
  if (!status?.running) {
    return [];
  }
  const now = status.running;
  const left = now.eta_seconds ? ` · ${t("left", { time: duration(now.eta_seconds) })}` : "";
  const stage = has(`stage.${now.stage}`) ? t(`stage.${now.stage}`) : now.stage;
  const mark = el("span.spinner", { "aria-hidden": "true" });
  return [
    row(
      `#/task/${now.task_id}`,
      mark,
      now.name,
      line(`${stage} · ${percent(now.percent / 100)}${left}`),
      bar(now.percent / 100),
    ),
  ];
}

/** Tasks sent here, then recordings of the inbox, each with what it waits for. */
function waiting(tasks, status) {
  const running = runningIds(status);
  const open = (tasks?.open ?? []).filter((task) => !running.includes(task.task_id));
  const ids = new Set((tasks?.open ?? []).map((task) => task.task_id));
  const sent = open.map((task, before) =>
    row(`#/task/${task.task_id}`, icon("clock"), task.name, line(reasonOf(status, task, before))),
  );
  const inInbox = (status?.waiting ?? [])
    .filter((one) => !ids.has(one.task_id))
    .map((one) => row(null, icon("clock"), one.name, line(inboxReason(one, status))));
  return [...sent, ...inInbox];
}

/** Why a task that was sent here does not run yet, with so many before it. */
export function reasonOf(status, task, before) {
  if (status?.state === "PAUSED") {
    return t("waiting.paused");
  }
  if (status?.blocked?.length > 0) {
    return t("waiting.blocked", { reason: status.blocked[0] });
  }
  if (task?.waiting?.code === HELD) {
    return task.waiting.reason;
  }
  if (before > 0) {
    return t("waiting.behind", { n: before });
  }
  return status?.running ? t("waiting.next") : t("waiting.starting");
}

function inboxReason(one, status) {
  const isHeld = status.state === "PAUSED" || status.blocked.length > 0;
  if (one.state === "READY" && isHeld) {
    return reasonOf(status, null, 0);
  }
  const key = `inbox.${one.state}`;
  return has(key) ? t(key) : one.reason;
}

function ended(task) {
  if (task.status === "COMPLETE") {
    return row(`#/task/${task.task_id}`, icon("check"), task.name, line(moment(task.submitted_at)));
  }
  const isCancelled = task.error_code === "CANCELLED";
  const reason = line(titleOf(task), isCancelled ? "" : ".warn");
  return row(`#/task/${task.task_id}`, icon(isCancelled ? "cross" : "alert"), task.name, reason);
}

function ignored(one) {
  return row(null, icon("file"), one.name, line(one.reason));
}
