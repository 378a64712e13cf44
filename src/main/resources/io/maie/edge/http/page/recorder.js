// Records from the microphone with what the browser brings.

import { button, el, measure } from "./dom.js";
import { clock, t } from "./texts.js";

const TYPES = [
  ["audio/webm;codecs=opus", "webm"],
  ["audio/ogg;codecs=opus", "ogg"],
  ["audio/mp4", "m4a"],
];
const REFUSALS = {
  NotAllowedError: "mic.denied",
  NotFoundError: "mic.none",
  NotReadableError: "mic.busy",
};

/** Why there can be no recording here; null if there can. */
function obstacle() {
  if (!window.isSecureContext) {
    return t("mic.insecure");
  }
  const hasAll = navigator.mediaDevices?.getUserMedia && window.MediaRecorder;
  return hasAll ? null : t("mic.unsupported");
}

/** A button that records, and calls `onRecorded` with a file. */
export class Recorder {
  constructor(onRecorded) {
    this.onRecorded = onRecorded;
    this.element = el("div.recorder");
    this.running = null;
    this.#offer();
  }

  isRecording() {
    return this.running !== null;
  }

  /** Drops what was recorded. */
  leave() {
    this.#stop(false);
  }

  #offer(sentence = null) {
    const why = sentence ?? obstacle();
    const start = button(t("mic.record"), "microphone", () => this.#start(), {
      "aria-describedby": why ? "mic-why" : null,
      "aria-disabled": obstacle() ? "true" : null,
    });
    this.element.replaceChildren(start, why ? el("p.help", { id: "mic-why", role: "status" }, why) : "");
  }

  async #start() {
    if (obstacle()) {
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      this.#record(stream);
    } catch (refusal) {
      this.#offer(t(REFUSALS[refusal.name] ?? "mic.unsupported"));
    }
  }

  #record(stream) {
    const [type, suffix] = TYPES.find(([name]) => MediaRecorder.isTypeSupported(name)) ?? ["", "webm"];
    const media = new MediaRecorder(stream, type ? { mimeType: type } : {});
    const chunks = [];
    media.addEventListener("dataavailable", (event) => chunks.push(event.data));
    media.addEventListener("stop", () => {
      if (this.keep) {
        this.onRecorded(new File(chunks, nameOf(new Date(), suffix), { type: media.mimeType }));
      }
    });
    this.running = { media, stream, since: Date.now(), meter: meterOf(stream) };
    media.start(1000);
    keepAwake().then((lock) => {
      if (this.running) {
        this.running.lock = lock;
      } else {
        lock?.release();
      }
    });
    this.#showRecording();
  }

  #showRecording() {
    const time = el("span.mic-time", { role: "timer", "aria-label": t("mic.length") }, "0:00");
    const level = el("span.mic-level", { "aria-hidden": "true" });
    const stop = button(t("mic.stop"), "stop", () => this.#stop(true), { kind: "primary" });
    const drop = button(t("mic.discard"), "cross", () => this.#stop(false), { kind: "bare" });
    this.element.replaceChildren(
      el("div.recording", {}, el("span.dot.live"), time, level),
      el("div.buttons", {}, stop, drop),
    );
    stop.focus();
    const tick = () => {
      if (this.running) {
        time.textContent = clock((Date.now() - this.running.since) / 1000);
        measure(level, "--level", this.running.meter.level());
        this.running.frame = requestAnimationFrame(tick);
      }
    };
    tick();
  }

  #stop(keep) {
    const running = this.running;
    if (running === null) {
      return;
    }
    this.running = null;
    this.keep = keep;
    cancelAnimationFrame(running.frame);
    running.media.stop();
    running.stream.getTracks().forEach((track) => track.stop());
    running.meter.close();
    running.lock?.release();
    this.#offer();
  }
}

/** How loud it is, 0 to 1, on a scale of decibels from -60. */
function meterOf(stream) {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      return Math.min(1, Math.max(0, 1 + (10 * Math.log10(power + 1e-9)) / 60)).toFixed(3);
    },
    close: () => context.close(),
  };
}

/** A phone that goes to sleep stops recording. */
async function keepAwake() {
  try {
    return (await navigator.wakeLock?.request("screen")) ?? null;
  } catch {
    return null; // the battery is low, or the browser does not allow it
  }
}

function nameOf(date, suffix) {
  const two = (number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${t("mic.name")} ${day} ${two(date.getHours())}.${two(date.getMinutes())}.${suffix}`;
}
