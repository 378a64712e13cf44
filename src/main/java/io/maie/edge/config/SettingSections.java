package io.maie.edge.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sections of settings, in the order in which documents list them. */
final class SettingSections {
  /** A sentence for each. */
  static final Map<String, String> SENTENCES = Collections.unmodifiableMap(sentences());

  private SettingSections() {}

  private static Map<String, String> sentences() {
    Map<String, String> sections = new LinkedHashMap<>();
    sections.put("inbox", "How recordings arrive.");
    sections.put(
        "outbox", "The folder for results. Relative paths lie under the home, as everywhere.");
    sections.put("failed", "Where failures go.");
    sections.put("archive", "The folder for processed recordings.");
    sections.put("work", "The running task.");
    sections.put("state", "Status, history, requests, logs.");
    sections.put("limits", "Limits at which a recording is refused or stopped.");
    sections.put("retry", "Limits for trying again.");
    sections.put("ffmpeg", "The decoder.");
    sections.put("ffprobe", "The program that inspects files.");
    sections.put("vad", "Finding speech. The threshold is defaults.vad_threshold.");
    sections.put("asr", "Recognising speech.");
    sections.put("asr.moonshine", "Decoding with models of the family moonshine.");
    sections.put("asr.transducer", "Decoding with transducers and ChunkFormer.");
    sections.put("asr.whisper", "Decoding with models of the family whisper.");
    sections.put(
        "asr.hallucination",
        "Text that counts as invented, whichever model wrote it. The texts are in"
            + " config/patterns/.");
    sections.put("diarization", "Telling speakers apart.");
    sections.put("text", "Clean transcripts and summaries.");
    sections.put("text.summary", "A language model on a server that sums up.");
    sections.put("text.cleaning", "A language model that corrects clean transcripts.");
    sections.put("text.server", "Limits for servers of language models.");
    sections.put("text.onnx", "A language model in models/ that sums up on this machine.");
    sections.put("onnx", "Running models.");
    sections.put("models", "The installed models.");
    sections.put("retention", "Ages and sizes at which files are deleted.");
    sections.put("disk", "Limits of free disk space.");
    sections.put("logging", "The log file; the journal gets the same lines.");
    sections.put("http", "The local API.");
    sections.put("status", "STATUS.txt and status.json.");
    sections.put(
        KnownSettings.DEFAULTS,
        "Parameters of recordings that say nothing themselves; folder profiles and sidecars win.");
    return sections;
  }
}
