// The frame of the page: signing in, the addresses behind `#`, what is polled, language and theme.

import * as api from "./api.js";
import { button, el, icon } from "./dom.js";
import { device } from "./device.js";
import { side } from "./side.js";
import { signIn } from "./signin.js";
import { task } from "./task.js";
import { LANGUAGES, currentLanguage, has, preferredLanguage, t, useLanguage } from "./texts.js";
import { Uploads, upload } from "./upload.js";

const BUSY_MILLIS = 2000;
const CALM_MILLIS = 8000;
const TASK = /^#\/task\/([0-9a-f-]{8,40})$/;

const main = document.getElementById("main");
const nav = document.getElementById("side");
const layout = document.getElementById("layout");
const banner = document.getElementById("banner");
const stateLink = document.getElementById("state");

const uploads = new Uploads(() => draw());
const known = { tasks: null, status: null, older: [] };

let signedIn = false;
let view = null;
let timer = null;

/** Shows what the address asks for. */
function route() {
  view?.leave?.();
  if (!signedIn) {
    view = signIn(begin);
  } else if (TASK.test(location.hash)) {
    view = task(location.hash.match(TASK)[1], { open, refresh: poll });
  } else if (location.hash === "#/device") {
    view = device();
  } else {
    view = upload(uploads, { open });
  }
  layout.dataset.view = signedIn ? view.name : "signin";
  main.replaceChildren(view.element);
  document.title = `${view.title()} · MAIE Edge`;
  draw();
}

function open(address) {
  if (location.hash === address) {
    route();
  } else {
    location.hash = address;
  }
}

/** Brings the parts that change by themselves up to date. */
function draw() {
  nav.hidden = !signedIn;
  stateLink.hidden = !signedIn || known.status === null;
  if (!signedIn) {
    return;
  }
  side(nav, known, uploads.list, { address: location.hash, showOlder });
  if (known.status !== null) {
    drawState();
  }
  view?.update?.(known);
}

function drawState() {
  const state = known.status.state;
  const isWell = known.status.checks.every((check) => check.level !== "FAILURE");
  const shown = state !== "BLOCKED" && !isWell ? "BLOCKED" : state;
  const text = has(`state.${shown}`) ? t(`state.${shown}`) : shown;
  stateLink.dataset.state = shown;
  stateLink.setAttribute("aria-label", t("state.link", { state: text }));
  stateLink.replaceChildren(el("span.dot"), el("span.state-text", {}, text));
}

async function poll() {
  clearTimeout(timer);
  if (!signedIn) {
    return;
  }
  try {
    [known.tasks, known.status] = await Promise.all([api.get("/v1/tasks"), api.get("/v1/status")]);
    if (known.older.length === 0) {
      known.next = known.tasks.next_before ?? null;
    }
    showBanner(null);
    draw();
  } catch (problem) {
    if (problem.code === "UNREACHABLE") {
      showBanner(t("error.UNREACHABLE"));
    }
  }
  if (signedIn) {
    const isBusy = known.tasks?.open.length > 0 || known.status?.running;
    const pause = document.hidden ? CALM_MILLIS * 4 : isBusy ? BUSY_MILLIS : CALM_MILLIS;
    clearTimeout(timer);
    timer = setTimeout(poll, pause);
  }
}

/** Adds the next page of results to the list. */
async function showOlder() {
  const [page, problem] = await api.attempt(api.get(`/v1/tasks?before=${known.next}`));
  if (problem === null) {
    known.older.push(...page.ended);
    known.next = page.next_before ?? null;
    draw();
  }
}

function showBanner(sentence) {
  banner.hidden = sentence === null;
  if (sentence !== null && banner.textContent !== sentence) {
    banner.textContent = sentence;
  }
}

/** Somebody has come in. */
async function begin() {
  signedIn = true;
  drawTools();
  route();
  await poll();
}

function leave() {
  if (!signedIn) {
    return;
  }
  signedIn = false;
  clearTimeout(timer);
  drawTools();
  route();
}

function drawTools() {
  const tools = document.getElementById("tools");
  const isDark = window.maieTheme.isDark();
  const choices = Object.entries(LANGUAGES).map(([tag, name]) =>
    el("option", { value: tag, selected: tag === currentLanguage() }, name),
  );
  const language = el(
    "select.select.small",
    { "aria-label": t("language"), change: (event) => changeLanguage(event.target.value) },
    choices,
  );
  const theme = button(t(isDark ? "theme.light" : "theme.dark"), isDark ? "sun" : "moon", changeTheme, {
    kind: "bare",
    quiet: true,
    id: "theme",
  });
  tools.replaceChildren(el("span.select-frame", {}, language, icon("down")), theme);
  if (signedIn) {
    tools.append(button(t("signout"), "leave", signOut, { kind: "bare", quiet: true, id: "sign-out" }));
  }
}

function changeTheme() {
  window.maieTheme.choose(window.maieTheme.isDark() ? "light" : "dark");
  drawTools();
  document.getElementById("theme").focus();
}

async function changeLanguage(tag) {
  await useLanguage(tag, { remember: true });
  drawTools();
  drawFixed();
  route();
  document.querySelector("#tools select").focus();
}

function drawFixed() {
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = t(element.dataset.text);
  }
}

async function signOut() {
  try {
    await api.signOut();
  } finally {
    leave();
  }
}

async function start() {
  await useLanguage(preferredLanguage());
  drawFixed();
  drawTools();
  window.addEventListener("theme", drawTools);
  window.addEventListener("signed-out", leave);
  window.addEventListener("hashchange", () => {
    route();
    main.querySelector("h1")?.focus();
    window.scrollTo(0, 0);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      poll();
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (uploads.isSending() || view?.isRecording?.()) {
      event.preventDefault();
    }
  });
  try {
    if (await api.resume()) {
      await begin();
      return;
    }
  } catch (problem) {
    showBanner(problem.code === "UNREACHABLE" ? t("error.UNREACHABLE") : problem.message);
  }
  route();
}

start();
