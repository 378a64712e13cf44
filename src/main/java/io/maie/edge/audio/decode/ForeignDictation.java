package io.maie.edge.audio.decode;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Sound in formats of dictation machines and telephones that no free decoder reads. It is called by
 * its name, with the program that can export it.
 *
 * @param magic its first bytes, as Latin-1
 * @param words such as {@code a DS2 dictation}
 * @param hint the program to export it with
 */
record ForeignDictation(FailureCode code, String magic, String words, String hint) {
  private static final int HEAD_BYTES = 16;

  private static final String EXPORT_DS2 =
      "Export the dictation as WAV or MP3 with ODMS, DSS Player or SpeechExec";
  private static final String EXPORT_SONY =
      "Export the recording as WAV or MP3 with Sony's Digital Voice Editor or Sound Organizer";

  private static final List<ForeignDictation> KINDS =
      List.of(
          new ForeignDictation(
              FailureCode.UNSUPPORTED_CODEC, "\u0003ds2", "a DS2 dictation", EXPORT_DS2),
          new ForeignDictation(
              FailureCode.DRM_PROTECTED, "\u0003enc", "an encrypted DS2 dictation", EXPORT_DS2),
          new ForeignDictation(
              FailureCode.DRM_PROTECTED, "\u0003dse", "an encrypted DSS dictation", EXPORT_DS2),
          new ForeignDictation(
              FailureCode.UNSUPPORTED_CODEC,
              "MS_VOICE",
              "a Sony voice recording (DVF or MSV)",
              EXPORT_SONY));

  /** Formats that ffmpeg decodes in some files only. */
  private static final List<ForeignDictation> UNDECODABLE =
      List.of(
          new ForeignDictation(
              FailureCode.UNSUPPORTED_CODEC, "\u0002dss", "a DSS dictation", EXPORT_DS2),
          new ForeignDictation(
              FailureCode.UNSUPPORTED_CODEC, "\u0003dss", "a DSS dictation", EXPORT_DS2));

  /** The refusal of a file that could not be decoded, if it is of one of these kinds. */
  static Optional<ProcessingException> undecodable(Path file) throws IOException {
    return refusal(file, UNDECODABLE);
  }

  /**
   * Passes all files but those.
   *
   * @throws ProcessingException {@code UNSUPPORTED_CODEC} or {@code DRM_PROTECTED}
   */
  static void refuse(Path file) throws IOException, ProcessingException {
    Optional<ProcessingException> refusal = refusal(file, KINDS);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private static Optional<ProcessingException> refusal(Path file, List<ForeignDictation> kinds)
      throws IOException {
    String head;
    try (InputStream in = Files.newInputStream(file)) {
      head = new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
    }
    return kinds.stream()
        .filter(kind -> head.startsWith(kind.magic()))
        .findFirst()
        .map(
            kind ->
                new ProcessingException(
                    kind.code(),
                    "Expected sound that the installed ffmpeg can decode, found " + kind.words(),
                    kind.hint()));
  }
}
