package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sound in formats that ffmpeg does not read is called by its name, with what to do. */
final class ForeignFormatsTest {
  @TempDir private Path folder;

  /** Messengers and telephones name such files as they like. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "msg.amr | \u0002#!SILK_V3 | a voice message of WeChat or QQ (SILK) | decoder of SILK",
        "178.aud | \u0002#!SILK_V3 | a voice message of WeChat or QQ (SILK) | decoder of SILK",
        "qq.slk | #!SILK_V3 | a voice message of WeChat or QQ (SILK) | decoder of SILK",
        "room.mjr | MJR00002 | a recording of Janus (MJR) | janus-pp-rec",
        "room | MEETECHO | a recording of Janus (MJR) | janus-pp-rec",
        "call.pcap | \u00d4\u00c3\u00b2\u00a1 | captured network packets | Wireshark",
        "call.wav | \u00a1\u00b2\u00c3\u00d4 | captured network packets | Wireshark",
        "a.rtpdump | #!rtpplay1.0 1.1.1.1/1 | captured network packets (rtpdump) | Wireshark",
        "a.evs | #!EVS_MC1.0 | telephone sound in the codec EVS | Convert",
        "a.la | LA04 | sound in the format Lossless Audio | Convert",
        "m.webm | data:audio/webm;base64,GkXfo | a recording written as Base64 text | Base64",
        "b.qcp | RIFF0000QLCMfmt | a telephone recording in a QCP file | PureVoice"
      })
  void aFormatIsCalledByItsNameWhateverTheFileIsCalled(
      String name, String magic, String words, String hint) throws Exception {
    ProcessingException failure = refusal(name, magic);

    assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED_CODEC);
    assertThat(failure).hasMessageEndingWith("found " + words);
    assertThat(failure.hint()).hasValueSatisfying(text -> assertThat(text).contains(hint));
  }

  @ParameterizedTest
  @CsvSource({
    "double_click_to_convert_01.zoom, a Zoom meeting that was not converted",
    "board.ARF, a Webex recording",
    "memo.dvf, a Sony voice recording",
    "letter.ds2, a DS2 dictation",
    "call.nmf, a call recorded by NICE"
  })
  void theNameTellsWhereTheContentDoesNot(String name, String words) throws Exception {
    ProcessingException failure = refusal(name, "\u0001\u0002\u0003\u0004");

    assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED_CODEC);
    assertThat(failure).hasMessageEndingWith("found data in no known format, named as " + words);
    assertThat(failure.hint()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "meeting.zoom, <!DOCTYPE html>, 'a web page, such as the error of a download'",
    "call.mp3, version https://git-lfs.github.com/spec/v1, a pointer of Git LFS to another file",
    "call.m4a, age-encryption.org/v1, an encrypted file"
  })
  void whatIsNoSoundIsCalledByItsContent(String name, String content, String words)
      throws Exception {
    ProcessingException failure = refusal(name, content);

    assertThat(failure.code()).isEqualTo(FailureCode.NO_AUDIO_STREAM);
    assertThat(failure).hasMessageEndingWith("found " + words);
  }

  private ProcessingException refusal(String name, String magic) throws Exception {
    byte[] head = magic.getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[20_000];
    new Random(7).nextBytes(bytes);
    System.arraycopy(head, 0, bytes, 0, head.length);
    Path file = Files.write(folder.resolve(name), bytes);
    return catchThrowableOfType(
        ProcessingException.class,
        () ->
            new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
                .decode(
                    file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled()));
  }
}
