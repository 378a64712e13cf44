package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.TrackUse;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings from public reports of faults in programs of this field are heard whole. */
final class ReportedRecordingsTest {
  @TempDir Path folder;

  @Test
  void channelsThatCancelEachOtherAreHeard() throws Exception {
    DecodedAudio inverted = decode("01-antiphase/interview.m4a");
    DecodedAudio control = decode("01-antiphase/control-mono.m4a");

    assertThat(inverted.heard().channels())
        .extracting(ChannelUse::role)
        .containsExactlyInAnyOrder(ChannelUse.Role.USED, ChannelUse.Role.INVERTED);
    assertThat(inverted.heard().level().loudness())
        .isCloseTo(control.heard().level().loudness(), within(1.0));
  }

  @ParameterizedTest
  @CsvSource({
    "03-many-channels/field-mixer-10ch.wav, 1.7",
    "03-many-channels/field-mixer-12ch.wav, 1.7",
    "05-joined-recordings/meeting-live.webm, 11.007",
    "05-joined-recordings/meeting-closed.webm, 11.007",
    "05-joined-recordings/meeting-fragments.mp4, 11.2",
    "05-joined-recordings/control-chained.ogg, 11",
    "08-declared-length/stream-dump-after-13h.ogg, 5",
    "08-declared-length/stream-dump-after-1h.ogg, 5",
    "08-declared-length/fragments-duration-unknown.mp4, 5.12",
    "09-wav-header-44-more/phone-recorder.wav, 5",
    "09-wav-header-44-more/maui-recorder.wav, 5",
    "10-bytes-behind/recovered-from-card.flac, 5",
    "10-bytes-behind/web-upload.m4a, 5",
    "18-picture-errors/joined-a-running-broadcast.ts, 9.152",
    "18-picture-errors/broken-cover.mp3, 11"
  })
  void allSoundIsKeptAndNothingIsMissing(String file, double seconds) throws Exception {
    DecodedAudio audio = decode(file);

    assertThat(audio.samples() / 16_000.0).isCloseTo(seconds, within(0.1));
    assertThat(audio.heard().keptSamples()).isEqualTo(audio.heard().decodedSamples());
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings())
        .extracting(Warning::code)
        .isSubsetOf(WarningCode.TIMESTAMPS_IGNORED);
  }

  @Test
  void tracksThatCarryDifferentSpeechAreBothHeard() throws Exception {
    DecodedAudio both = decode("04-two-tracks/screen-two-tracks.mkv");
    DecodedAudio one = decode("04-two-tracks/screen-silent-first-track.mkv");

    assertThat(both.heard().tracks()).extracting(TrackUse::isHeard).containsExactly(true, true);
    assertThat(one.heard().tracks()).extracting(TrackUse::isHeard).containsExactly(false, true);
    assertThat(one.heard().level().loudness()).isGreaterThan(-40);
    assertThat(one.heard().tracks().get(0).name()).isEqualTo("1 'Desktop'");
  }

  @ParameterizedTest
  @CsvSource({
    "call.ul, raw/pcm_mulaw",
    "call.ulaw, raw/pcm_mulaw",
    "call.alaw, raw/pcm_alaw",
    "call.gsm, raw/gsm",
    "call.sln, raw/pcm_s16le",
    "call.sln16, raw/pcm_s16le",
    "call.g722, raw/adpcm_g722",
    "call.WAV, wav/gsm_ms"
  })
  void callsThatTelephoneSystemsStoreAreHeard(String file, String format) throws Exception {
    DecodedAudio audio = decode("12-raw-telephone/" + file);

    assertThat(audio.format()).isEqualTo(format);
    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(0.1));
    assertThat(audio.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "12-raw-telephone/minutes.sln, NO_AUDIO_STREAM, text",
    "13-ds2/dictation.ds2, UNSUPPORTED_CODEC, a DS2 dictation",
    "13-ds2/dictation-encrypted.ds2, DRM_PROTECTED, an encrypted DS2 dictation"
  })
  void anUndecodableFormatIsCalledByItsName(String file, FailureCode code, String words) {
    ProcessingException failure =
        catchThrowableOfType(ProcessingException.class, () -> decode(file));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageEndingWith("found " + words);
  }

  private DecodedAudio decode(String file) throws Exception {
    return new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(
            SharedMaterial.require("cases", file),
            folder.resolve("out.pcm"),
            SoundSelection.AUTO,
            StageContext.disabled());
  }
}
