// Failures in the reader's language: the explanation by code, the sentence of the device below it.

import { has, t } from "./texts.js";

/** One short sentence on why a task failed. */
export function titleOf({ error_code: code, error }) {
  return has(`failure.${code}`) ? t(`failure.${code}`) : (error ?? code);
}

/** What a person can do about it; the device's own hint where no text knows better. */
export function hintOf({ error_code: code, hint }) {
  return has(`failure.${code}.hint`) ? t(`failure.${code}.hint`) : (hint ?? "");
}

/** A sentence on why a call of the API brought nothing. */
export function sentenceOf(problem) {
  const key = [`error.${problem.code}`, `failure.${problem.code}`].find(has);
  return key ? t(key) : problem.message || t("error.UNKNOWN");
}
