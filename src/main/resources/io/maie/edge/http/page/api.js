// Calls of the local API. The cookie of the session travels by itself; changes carry its token.

let token = null;

/** Why a call brought nothing: a problem document, or that nobody answered. */
export class Problem extends Error {
  constructor(status, document, retryAfter = null) {
    super(document.detail ?? "");
    this.status = status;
    this.code = document.code ?? "UNKNOWN";
    this.hint = document.hint ?? null;
    this.fields = document.errors ?? [];
    this.retryAfter = retryAfter;
  }

  static unreachable() {
    return new Problem(0, { code: "UNREACHABLE" });
  }
}

/** Problem of an answer's status and body, whatever the body is. */
export function problemOf(status, body, retryAfter) {
  const seconds = Number(retryAfter);
  let document = {};
  try {
    document = JSON.parse(body);
  } catch {
    // an answer of something between the page and the device
  }
  if (status === 401) {
    token = null;
    window.dispatchEvent(new Event("signed-out"));
  }
  return new Problem(status, document, seconds > 0 ? seconds : null);
}

async function call(method, path, body) {
  const headers = {};
  if (token !== null && method !== "GET") {
    headers["X-CSRF-Token"] = token;
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  let answer;
  let text;
  try {
    answer = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
    });
    text = await answer.text();
  } catch {
    throw Problem.unreachable();
  }
  if (!answer.ok && !(path === "/health" && answer.status === 503)) {
    throw problemOf(answer.status, text, answer.headers.get("Retry-After"));
  }
  return text === "" ? {} : JSON.parse(text);
}

/** The answer of a call and no problem, or no answer and its problem. */
export async function attempt(call) {
  try {
    return [await call, null];
  } catch (problem) {
    if (problem instanceof Problem) {
      return [null, problem];
    }
    throw problem;
  }
}

export const get = (path) => call("GET", path);
export const post = (path) => call("POST", path);
export const cancel = (id) => call("DELETE", `/v1/tasks/${id}`);

/** Goes on with a session of an earlier visit; false if there is none. */
export async function resume() {
  try {
    token = (await get("/session")).csrf;
    return true;
  } catch (problem) {
    if (problem.status === 401) {
      return false;
    }
    throw problem;
  }
}

/** Begins a session. */
export async function signIn(key) {
  token = (await call("POST", "/session", { key })).csrf;
}

export async function signOut() {
  await call("DELETE", "/session");
  token = null;
}

/**
 * Sends a recording.
 *
 * @param {FormData} form the recording and its parameters
 * @param {(share: number) => void} onProgress share of the bytes that have left, 0 to 1
 * @returns {{done: Promise<object>, abort: () => void}}
 */
export function send(form, onProgress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.upload.addEventListener("progress", (event) => {
      onProgress(event.total > 0 ? event.loaded / event.total : 0);
    });
    request.addEventListener("load", () => {
      if (request.status >= 200 && request.status < 300) {
        resolve(JSON.parse(request.responseText));
      } else {
        reject(problemOf(request.status, request.responseText, request.getResponseHeader("Retry-After")));
      }
    });
    request.addEventListener("error", () => reject(Problem.unreachable()));
    request.addEventListener("abort", () => reject(new Problem(0, { code: "ABORTED" })));
  });
  request.open("POST", "/v1/process");
  if (token !== null) {
    request.setRequestHeader("X-CSRF-Token", token);
  }
  request.send(form);
  return { done, abort: () => request.abort() };
}

/** Follows a task; every handler gets the data of its event. Returns what ends it. */
export function follow(id, handlers) {
  const source = new EventSource(`/v1/tasks/${id}/events`);
  for (const [name, handler] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => {
      if (event.data) {
        handler(JSON.parse(event.data));
      }
    });
  }
  return () => source.close();
}
