// The door: a key, for those who did not come by the link that the program prints.

import * as api from "./api.js";
import { button, el, quoting } from "./dom.js";
import { sentenceOf } from "./failures.js";
import { t } from "./texts.js";

const LEAST_CHARACTERS = 32;

/** The view that asks for a key, and calls `onSignedIn` once it is accepted. */
export function signIn(onSignedIn) {
  const trouble = el("p.trouble", { id: "key-trouble", role: "alert" });
  const key = el("input.field", {
    id: "key",
    name: "key",
    type: "password",
    autocomplete: "current-password",
    autocapitalize: "off",
    spellcheck: "false",
    required: true,
    "aria-describedby": "key-help key-trouble",
  });
  const enter = button(t("signin.enter"), null, null, { kind: "primary wide", type: "submit" });
  const form = el(
    "form.card.signin",
    { submit: (event) => submit(event, { key, enter, trouble }, onSignedIn), novalidate: true },
    el("h1", { tabindex: -1 }, t("signin.title")),
    el("p.muted", {}, t("signin.lead")),
    el("label.label", { for: "key" }, t("signin.key")),
    key,
    el("p.help", { id: "key-help" }, quoting(t("signin.help"))),
    trouble,
    enter,
  );
  queueMicrotask(() => key.focus());
  return { name: "signin", title: () => t("signin.title"), element: form };
}

async function submit(event, { key, enter, trouble }, onSignedIn) {
  event.preventDefault();
  const proof = key.value.trim();
  if (proof.length < LEAST_CHARACTERS) {
    refuse(key, trouble, t(proof === "" ? "signin.empty" : "signin.short", { n: LEAST_CHARACTERS }));
    return;
  }
  enter.disabled = true;
  trouble.textContent = "";
  try {
    await api.signIn(proof);
  } catch (problem) {
    refuse(key, trouble, refusal(problem));
    return;
  } finally {
    enter.disabled = false;
  }
  await onSignedIn();
}

function refusal(problem) {
  if (problem.status === 401) {
    return t("signin.wrong");
  }
  return sentenceOf(problem);
}

function refuse(key, trouble, sentence) {
  trouble.textContent = sentence;
  key.setAttribute("aria-invalid", "true");
  key.focus();
  key.select();
}
