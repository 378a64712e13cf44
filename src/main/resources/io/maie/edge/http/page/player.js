// Plays the recording, tells where it is, and is told where to go.

import { button, el, icon, measure } from "./dom.js";
import { clock, t } from "./texts.js";

const STEP_SECONDS = 5;
const SPEEDS = [1, 1.25, 1.5, 2, 0.75];

export class Player {
  /**
   * @param {string} source the address of the recording
   * @param {number} seconds its length, as the device knows it
   * @param {(seconds: number) => void} onTime often while it plays
   */
  constructor(source, seconds, onTime) {
    this.seconds = seconds;
    this.onTime = onTime;
    this.audio = el("audio", { src: source, preload: "metadata" });
    this.toggle = button(t("player.play"), "play", () => this.playOrPause(), {
      kind: "primary round",
      quiet: true,
    });
    this.range = el("input.range", {
      type: "range",
      min: 0,
      max: seconds,
      step: 0.1,
      value: 0,
      "aria-label": t("player.position"),
      input: () => this.seek(Number(this.range.value)),
    });
    this.time = el("span.player-time", {}, clock(0));
    this.speed = button("1×", null, () => this.#nextSpeed(), { kind: "bare speed", "aria-label": speedText(1) });
    this.element = this.#assemble();
    this.#listen();
    this.#draw();
  }

  #assemble() {
    const step = (key, drawing, by) =>
      button(t(key), drawing, () => this.seek(this.audio.currentTime + by), { kind: "bare", quiet: true });
    return el(
      "section.player",
      { "aria-label": t("player.title") },
      this.audio,
      step("player.earlier", "earlier", -STEP_SECONDS),
      this.toggle,
      step("player.later", "later", STEP_SECONDS),
      this.range,
      el("span.player-times", {}, this.time, el("span.muted", {}, ` / ${clock(this.seconds)}`)),
      this.speed,
    );
  }

  #listen() {
    const audio = this.audio;
    for (const event of ["play", "pause", "ended"]) {
      audio.addEventListener(event, () => this.#drawToggle());
    }
    audio.addEventListener("play", () => this.#run());
    audio.addEventListener("seeked", () => this.#draw());
    audio.addEventListener("timeupdate", () => this.#draw());
    audio.addEventListener("error", () => this.#explain());
  }

  playOrPause() {
    if (this.audio.paused) {
      this.#play();
    } else {
      this.audio.pause();
    }
  }

  playFrom(seconds) {
    this.seek(seconds);
    this.#play();
  }

  /** A pause that comes at once refuses to play, too, and is no reason to say anything. */
  #play() {
    this.audio.play().catch((refusal) => {
      if (refusal.name === "NotSupportedError") {
        this.#explain();
      }
    });
  }

  seek(seconds) {
    this.audio.currentTime = Math.min(this.seconds, Math.max(0, seconds));
    this.#draw();
  }

  get isPlaying() {
    return !this.audio.paused;
  }

  leave() {
    this.audio.pause();
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  #run() {
    const frame = () => {
      if (this.isPlaying) {
        this.#draw();
        requestAnimationFrame(frame);
      }
    };
    frame();
  }

  #draw() {
    const now = this.audio.currentTime;
    this.range.value = now;
    this.range.setAttribute("aria-valuetext", clock(now));
    measure(this.range, "--share", this.seconds > 0 ? now / this.seconds : 0);
    this.time.textContent = clock(now);
    this.onTime(now);
  }

  #drawToggle() {
    const text = t(this.isPlaying ? "player.pause" : "player.play");
    this.toggle.replaceChildren(icon(this.isPlaying ? "pause" : "play"));
    this.toggle.setAttribute("aria-label", text);
    this.toggle.title = text;
  }

  #nextSpeed() {
    const next = SPEEDS[(SPEEDS.indexOf(this.audio.playbackRate) + 1) % SPEEDS.length];
    this.audio.playbackRate = next;
    this.speed.replaceChildren(el("span", {}, `${next}×`));
    this.speed.setAttribute("aria-label", speedText(next));
  }

  /** The recording is not kept any more, or the browser cannot play its kind. */
  async #explain() {
    if (this.element.classList.contains("mute") || !this.audio.hasAttribute("src")) {
      return;
    }
    this.element.classList.add("mute");
    let key = "player.unplayable";
    try {
      const answer = await fetch(this.audio.src, { headers: { Range: "bytes=0-0" } });
      key = answer.status === 404 ? "player.gone" : key;
    } catch {
      key = "error.UNREACHABLE";
    }
    this.element.replaceChildren(icon("alert"), el("p", { role: "status" }, t(key)));
  }
}

function speedText(speed) {
  return t("player.speed", { speed });
}
