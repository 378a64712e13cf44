package io.maie.edge.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.LevelCurve;
import io.maie.edge.audio.SoundLevel;
import io.maie.edge.durable.Sha256;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.result.SourceAudio;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A text in place of a recording: a transcript that somebody has already. It has no times.
 *
 * @param names of the speakers whom it calls by a name, by their ids
 * @param source as results name it: no sound, no length
 */
record WrittenText(Transcript transcript, Map<String, String> names, SourceAudio source) {
  private static final int MOST_BYTES = 4 << 20;

  /** Loudness of nothing, in LUFS. */
  private static final double SILENT = -120;

  WrittenText {
    names = Map.copyOf(names);
  }

  /** Who speaks, as the text says it; null if it does not. */
  @Nullable Diarized speakers() {
    boolean isSaid = transcript.segments().stream().anyMatch(each -> each.speaker() != null);
    return isSaid ? new Diarized(List.of(), names, Map.of(), List.of()) : null;
  }

  /** Returns whether the name of a file says that it holds text. */
  static boolean isNamedSo(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".txt") || name.endsWith(".md");
  }

  /**
   * Reads a file in UTF-8.
   *
   * @throws ProcessingException {@code EMPTY_FILE}, {@code FILE_TOO_LARGE}, or {@code
   *     AUDIO_DECODE_ERROR} if it is no text
   */
  static WrittenText read(Path file, RecordingParameters parameters)
      throws ProcessingException, IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    }
    if (bytes.length > MOST_BYTES) {
      throw new ProcessingException(
          FailureCode.FILE_TOO_LARGE,
          "Expected a text of at most 4 MiB",
          "Split the text into several files");
    }
    WrittenTurns turns = WrittenTurns.of(decoded(bytes));
    List<Segment> segments = turns.segments();
    if (segments.isEmpty()) {
      throw new ProcessingException(
          FailureCode.EMPTY_FILE, "Expected a text, found none", "Check the file");
    }
    Transcript transcript =
        parameters
            .spokenLanguage()
            .map(code -> Transcript.of(new Language(code, 1), segments))
            .orElseGet(() -> Transcript.of(segments));
    return new WrittenText(transcript, turns.names(), source(bytes));
  }

  private static String decoded(byte[] bytes) throws ProcessingException {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString().replace("\uFEFF", "");
    } catch (CharacterCodingException e) {
      throw new ProcessingException(
          FailureCode.AUDIO_DECODE_ERROR,
          "Expected a text in UTF-8, found other bytes",
          "Save the text in UTF-8",
          e);
    }
  }

  private static SourceAudio source(byte[] bytes) {
    String sha256 = Sha256.of(bytes);
    HeardSound nothing =
        new HeardSound(
            0,
            0,
            0,
            List.of(),
            List.of(),
            new SoundLevel(SILENT, LevelCurve.UNCHANGED, 0),
            List.of(),
            "");
    return new SourceAudio(sha256, "text/plain", 0, 0, 0, OptionalDouble.empty(), true, nothing);
  }
}
