package io.maie.edge.audio.decode;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Sound in formats of dictation machines, telephones, messengers and conferences that ffmpeg does
 * not read. It is called by its name, with the program that can export it.
 *
 * @param magic its first bytes, as Latin-1; {@value #ANY} stands for any byte
 * @param words such as {@code a DS2 dictation}
 * @param hint the program to export it with
 */
record ForeignDictation(FailureCode code, String magic, String words, String hint) {
  private static final int HEAD_BYTES = 24;
  private static final char ANY = '\uFFFF';

  private static final String EXPORT_DS2 =
      "Export the dictation as WAV or MP3 with ODMS, DSS Player or SpeechExec";
  private static final String EXPORT_SONY =
      "Export the recording as WAV or MP3 with Sony's Digital Voice Editor or Sound Organizer";

  private static final String EXPORT_SILK =
      "Convert the voice message to WAV or MP3 with a decoder of SILK";
  private static final String EXPORT_CALL =
      "Extract the call as WAV first, for example with Wireshark: Telephony, RTP, RTP Streams";
  private static final String EXPORT_MJR = "Convert the recording to Opus or WAV with janus-pp-rec";
  private static final String EXPORT_OTHER =
      "Convert the recording to WAV, FLAC or MP3 with the program that made it";

  private static final List<ForeignDictation> KINDS =
      List.of(
          unsupported("\u0002#!SILK", "a voice message of WeChat or QQ (SILK)", EXPORT_SILK),
          unsupported("#!SILK", "a voice message of WeChat or QQ (SILK)", EXPORT_SILK),
          unsupported("MJR0000", "a recording of Janus (MJR)", EXPORT_MJR),
          unsupported("MEETECHO", "a recording of Janus (MJR)", EXPORT_MJR),
          unsupported("\u00d4\u00c3\u00b2\u00a1", "captured network packets", EXPORT_CALL),
          unsupported("\u00a1\u00b2\u00c3\u00d4", "captured network packets", EXPORT_CALL),
          unsupported("M<\u00b2\u00a1", "captured network packets", EXPORT_CALL),
          unsupported("\u00a1\u00b2<M", "captured network packets", EXPORT_CALL),
          unsupported("\n\r\r\n", "captured network packets", EXPORT_CALL),
          unsupported("#!rtpplay1.0", "captured network packets (rtpdump)", EXPORT_CALL),
          unsupported("#!EVS_MC", "telephone sound in the codec EVS", EXPORT_OTHER),
          unsupported("OFR ", "OptimFROG sound", EXPORT_OTHER),
          unsupported("LA02", "sound in the format Lossless Audio", EXPORT_OTHER),
          unsupported("LA03", "sound in the format Lossless Audio", EXPORT_OTHER),
          unsupported("LA04", "sound in the format Lossless Audio", EXPORT_OTHER),
          unsupported(
              "data:audio/",
              "a recording written as Base64 text",
              "Decode the Base64 text to the recording that it stands for"),
          unsupported("\u0003ds2", "a DS2 dictation", EXPORT_DS2),
          new ForeignDictation(
              FailureCode.DRM_PROTECTED, "\u0003enc", "an encrypted DS2 dictation", EXPORT_DS2),
          new ForeignDictation(
              FailureCode.DRM_PROTECTED, "\u0003dse", "an encrypted DSS dictation", EXPORT_DS2),
          unsupported("MS_VOICE", "a Sony voice recording (DVF or MSV)", EXPORT_SONY));

  /** Formats that ffmpeg decodes in some files only. */
  private static final List<ForeignDictation> UNDECODABLE =
      List.of(
          unsupported(
              "RIFF\uFFFF\uFFFF\uFFFF\uFFFFQLCM",
              "a telephone recording in a QCP file",
              "Convert the recording to WAV, for example with the PureVoice converter"),
          unsupported("\u0002dss", "a DSS dictation", EXPORT_DS2),
          unsupported("\u0003dss", "a DSS dictation", EXPORT_DS2));

  /** The same by the ending of the name, for content that says nothing. */
  private static final Map<String, ForeignDictation> BY_NAME =
      Map.ofEntries(
          named("ds2", "a DS2 dictation", EXPORT_DS2),
          named("dss", "a DSS dictation", EXPORT_DS2),
          named("dvf", "a Sony voice recording", EXPORT_SONY),
          named("msv", "a Sony voice recording", EXPORT_SONY),
          named("silk", "a voice message of WeChat or QQ (SILK)", EXPORT_SILK),
          named(
              "zoom",
              "a Zoom meeting that was not converted",
              "Open the file with Zoom on the computer that recorded it, which makes an MP4 of it"),
          named("arf", "a Webex recording", "Convert the recording to MP4 with Webex's player"),
          named("wrf", "a Webex recording", "Convert the recording to MP4 with Webex's player"),
          named("nmf", "a call recorded by NICE", "Export the call as WAV with NICE's player"),
          named("cvs", "CVSD sound", "Convert the recording to WAV with SoX"),
          named("cvsd", "CVSD sound", "Convert the recording to WAV with SoX"),
          named("dvms", "CVSD sound", "Convert the recording to WAV with SoX"));

  private static ForeignDictation unsupported(String magic, String words, String hint) {
    return new ForeignDictation(FailureCode.UNSUPPORTED_CODEC, magic, words, hint);
  }

  private static Map.Entry<String, ForeignDictation> named(
      String ending, String words, String hint) {
    return Map.entry(ending, unsupported("", "data in no known format, named as " + words, hint));
  }

  /** The refusal of a file of unknown content whose name tells what it is. */
  static Optional<ProcessingException> named(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_NAME.get(name.substring(name.lastIndexOf('.') + 1)))
        .map(ForeignDictation::refusal);
  }

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
        .filter(kind -> kind.isOf(head))
        .findFirst()
        .map(ForeignDictation::refusal);
  }

  private boolean isOf(String head) {
    return head.length() >= magic.length()
        && IntStream.range(0, magic.length())
            .allMatch(i -> magic.charAt(i) == ANY || magic.charAt(i) == head.charAt(i));
  }

  private ProcessingException refusal() {
    return new ProcessingException(
        code, "Expected sound that the installed ffmpeg can decode, found " + words, hint);
  }
}
