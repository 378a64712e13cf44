package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.telemetry.Check;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs in the place of ffmpeg that hang, flood, crash or lie are bounded and leave nothing. */
final class HostileDecoderTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(400);

  @TempDir Path folder;

  private Path recording;
  private Path pcm;

  @BeforeEach
  void makeRecording() throws Exception {
    recording = new Recordings(folder).tone("a.wav");
    pcm = folder.resolve("out.pcm");
  }

  @AfterEach
  void noChildIsLeft() {
    await().until(() -> ProcessHandle.current().children().findAny().isEmpty());
  }

  @Test
  void aDecoderThatHangsIsGivenUp() throws Exception {
    ProcessingException failure = failureOf(decoder("exec sleep 1000"));

    assertThat(failure.code()).isEqualTo(FailureCode.STAGE_TIMEOUT);
    assertThat(pcm).doesNotExist();
  }

  @Test
  void aGrandchildThatHangsIsEndedToo() throws Exception {
    assertThat(failureOf(decoder("sleep 1000")).code()).isEqualTo(FailureCode.STAGE_TIMEOUT);
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @Test
  void aDecoderThatStopsHalfWayIsGivenUp() throws Exception {
    assertThat(failureOf(decoder("sound 2; exec sleep 1000")).code())
        .isEqualTo(FailureCode.STAGE_TIMEOUT);
    assertThat(pcm).doesNotExist();
  }

  @Test
  void aDecoderThatNeverEndsItsOutputIsCutOff() throws Exception {
    assertThat(failureOf(decoder("sound 100000", LONG)).code())
        .isEqualTo(FailureCode.AUDIO_TOO_LONG);
    assertThat(pcm).doesNotExist();
  }

  @Test
  void malformedDecoderOutputFailsTheRecording() throws Exception {
    assertThat(failureOf(decoder("exec cat /dev/zero", LONG)).code())
        .isEqualTo(FailureCode.AUDIO_DECODE_ERROR);
    assertThat(pcm).doesNotExist();
  }

  @Test
  void aFloodOfErrorsIsReadToItsEndAndKeptShort() throws Exception {
    DecodedAudio audio =
        decoder("yes 'something is wrong' | head -c 20000000 >&2; sound 5", LONG)
            .decode(recording, pcm, SoundSelection.AUTO, StageContext.disabled());

    assertThat(audio.samples()).isEqualTo(80_000);
    assertThat(audio.warnings())
        .containsExactly(
            new Warning(
                WarningCode.DECODE_ERRORS,
                "decode",
                "Damaged places were skipped or may sound wrong, the first at about 0 s: something"
                    + " is wrong"));
  }

  @Test
  void oneEndlessErrorLineIsKeptShort() throws Exception {
    DecodedAudio audio =
        decoder("head -c 20000000 /dev/zero | tr '\\0' x >&2; sound 5", LONG)
            .decode(recording, pcm, SoundSelection.AUTO, StageContext.disabled());

    assertThat(audio.warnings().get(0).message()).hasSizeLessThan(300);
  }

  @Test
  void aCrashOfTheDecoderFailsTheRecording() throws Exception {
    ProcessingException failure = failureOf(decoder("sound 2; kill -SEGV $$", LONG));

    assertThat(failure.code()).isEqualTo(FailureCode.AUDIO_DECODE_ERROR);
    assertThat(failure).hasMessageContaining("signal 11");
    assertThat(pcm).doesNotExist();
  }

  /**
   * The system takes memory back, a supervisor ends the group, somebody presses Ctrl-C: ffmpeg
   * answers that with its own exit code.
   */
  @ParameterizedTest
  @ValueSource(strings = {"kill -KILL $$", "kill -TERM $$", "exit 255"})
  void aDecoderThatIsEndedFromOutsideIsNoDamage(String end) throws Exception {
    ProcessingException failure = failureOf(decoder("sound 2; " + end, LONG));

    assertThat(failure.code()).isEqualTo(FailureCode.PROCESS_KILLED);
    assertThat(pcm).doesNotExist();
  }

  @Test
  void anErrorWithTheExitCodeOfAnInterruptionIsDamage() throws Exception {
    ProcessingException failure =
        failureOf(decoder("echo 'Operation not permitted' >&2; exit 255", LONG));

    assertThat(failure.code()).isEqualTo(FailureCode.AUDIO_DECODE_ERROR);
  }

  @Test
  void reasonsOfTheDecoderNameNoPathOfThisMachine() throws Exception {
    ProcessingException failure =
        failureOf(decoder("echo \"[wav @ 0x55c712c95a40] cannot read $FOUND\" >&2; exit 1", LONG));

    assertThat(failure.code()).isEqualTo(FailureCode.AUDIO_DECODE_ERROR);
    assertThat(failure).hasMessageEndingWith("damage: cannot read the recording");
  }

  @Test
  void theDecoderMayReadFilesOnly() throws Exception {
    Path told = folder.resolve("told");

    decoder("echo \"$*\" > '" + told + "'; sound 5", LONG)
        .decode(recording, pcm, SoundSelection.AUTO, StageContext.disabled());

    assertThat(told)
        .content()
        .contains("-nostdin", "-protocol_whitelist file ", "-format_whitelist ", ",wav,")
        .doesNotContain("hls", "concat");
  }

  @Test
  void aDescriptionWithoutEndIsRefusedAtOnce() throws Exception {
    Path probe =
        program(
            "ffprobe.sh",
            "case \"$*\" in *-demuxers*) exec ffprobe \"$@\" ;; esac; exec cat /dev/zero");
    DecodeOptions options = options("ffmpeg", probe.toString(), SHORT);

    ProcessingException failure = failureOf(new FfmpegDecoder(options, Ticker.system()));

    assertThat(failure.code()).isEqualTo(FailureCode.UNSUPPORTED_CODEC);
  }

  @Test
  void aStopEndsTheChildAtOnce() throws Exception {
    List<ProcessHandle> sleepers = new CopyOnWriteArrayList<>();
    StageContext stopping =
        new StageContext(
            Progress.disabled(),
            () -> {
              ProcessHandle.current()
                  .children()
                  .filter(HostileDecoderTest::isSleep)
                  .forEach(sleepers::add);
              if (!sleepers.isEmpty()) {
                throw new TaskStoppedException(
                    TaskStoppedException.Reason.CANCELLED, "by the operator");
              }
            },
            Checkpoint.disabled());

    assertThatThrownBy(
            () ->
                decoder("exec sleep 1000", LONG)
                    .decode(recording, pcm, SoundSelection.AUTO, stopping))
        .isInstanceOf(TaskStoppedException.class)
        .hasMessage("by the operator");
    assertThat(sleepers).noneMatch(ProcessHandle::isAlive);
    assertThat(pcm).doesNotExist();
  }

  @Test
  void anInterruptEndsTheChildAndIsKept() throws Exception {
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () ->
                decoder("exec sleep 1000", LONG)
                    .decode(recording, pcm, SoundSelection.AUTO, StageContext.disabled()))
        .isInstanceOf(TaskStoppedException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void progressGrowsWithWhatIsDecoded() throws Exception {
    List<Double> shares = new CopyOnWriteArrayList<>();
    StageContext listening =
        new StageContext(
            shares::add, io.maie.edge.progress.Cancellation.disabled(), Checkpoint.disabled());

    decoder("for i in 1 2 3 4; do sound 1; sleep 0.2; done", LONG)
        .decode(recording, pcm, SoundSelection.AUTO, listening);

    assertThat(new ArrayList<>(shares))
        .isSorted()
        .allMatch(share -> share <= 1)
        .anyMatch(share -> share > 0);
  }

  @Test
  void aMissingDecoderIsTheInstallationsFault() {
    FfmpegDecoder decoder = new FfmpegDecoder(options("/nowhere/ffmpeg", SHORT), Ticker.system());

    ProcessingException failure = failureOf(decoder);

    assertThat(failure.code()).isEqualTo(FailureCode.DECODER_MISSING);
    assertThat(failure).hasMessageContaining("'/nowhere/ffmpeg'");
  }

  @Test
  void theCheckTellsTheVersionsOrWhatIsMissing() throws Exception {
    Check present = new FfmpegCheck(DecodeOptions.DEFAULTS, Ticker.system());
    Check missing = new FfmpegCheck(options("/nowhere/ffmpeg", SHORT), Ticker.system());
    Check other = new FfmpegCheck(options("/bin/true", SHORT), Ticker.system());

    assertThat(present.run().level()).isEqualTo(Check.Level.OK);
    assertThat(present.run().message()).matches("ffmpeg \\S+, ffprobe \\S+");
    assertThat(missing.run().level()).isEqualTo(Check.Level.FAILURE);
    assertThat(missing.run().hint()).isPresent();
    assertThat(other.run().message()).contains("'/bin/true'").contains("no answer");
  }

  private static boolean isSleep(ProcessHandle process) {
    return process.info().command().filter(command -> command.contains("sleep")).isPresent();
  }

  private ProcessingException failureOf(FfmpegDecoder decoder) {
    return catchThrowableOfType(
        ProcessingException.class,
        () -> decoder.decode(recording, pcm, SoundSelection.AUTO, StageContext.disabled()));
  }

  private FfmpegDecoder decoder(String script) throws IOException {
    return decoder(script, SHORT);
  }

  /** A decoder whose ffmpeg is a shell script; {@code $FOUND} is the recording as it is named. */
  private FfmpegDecoder decoder(String script, Duration stall) throws IOException {
    return new FfmpegDecoder(
        options(program("ffmpeg.sh", script).toString(), stall), Ticker.system());
  }

  private Path program(String name, String script) throws IOException {
    Path program = folder.resolve(name);
    Files.writeString(
        program,
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'ffmpeg version 1.2.3 of this test'; exit; fi
        sound() {
          ffmpeg -nostdin -v error -f lavfi -i "anullsrc=r=16000:cl=mono:d=$1" \\
            -c:a pcm_f32le -f matroska pipe:1
        }
        for argument; do case "$argument" in file:*) FOUND=$argument;; esac; done
        """
            + script
            + "\n");
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static DecodeOptions options(String ffmpeg, Duration stall) {
    return options(ffmpeg, "ffprobe", stall);
  }

  private static DecodeOptions options(String ffmpeg, String ffprobe, Duration stall) {
    return new DecodeOptions(
        ffmpeg,
        ffprobe,
        Duration.ZERO,
        Duration.ofMinutes(1),
        1 << 30,
        64,
        768_000,
        Duration.ofSeconds(30),
        stall,
        1_000);
  }
}
