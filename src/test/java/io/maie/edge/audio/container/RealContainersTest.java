package io.maie.edge.audio.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.container.Completeness.State;
import io.maie.edge.testing.RealRecordings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check on files that ffmpeg really wrote. */
final class RealContainersTest {
  private static final int CUTS = 150;

  private final ContainerCheck check = new ContainerCheck();

  @TempDir static Path folder;

  /** A format, how to make it, and how much can be told of a whole and of a half file. */
  record Sample(String name, List<String> options, State whole, State half) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Sample> samples() {
    return List.of(
        sample("a.wav", State.WHOLE, State.INCOMPLETE, "-c:a", "pcm_s16le"),
        sample("float.wav", State.WHOLE, State.INCOMPLETE, "-c:a", "pcm_f64le"),
        sample("rf64.wav", State.WHOLE, State.INCOMPLETE, "-rf64", "always"),
        sample("a.avi", State.WHOLE, State.INCOMPLETE, "-c:a", "pcm_s16le"),
        sample("a.w64", State.WHOLE, State.INCOMPLETE),
        sample("a.aiff", State.WHOLE, State.INCOMPLETE),
        sample("a.aifc", State.WHOLE, State.INCOMPLETE, "-f", "aiff", "-c:a", "pcm_s16le"),
        sample("a.caf", State.CANNOT_TELL, State.INCOMPLETE),
        sample("a.flac", State.WHOLE, State.INCOMPLETE),
        sample("a.opus", State.WHOLE, State.INCOMPLETE, "-b:a", "24k"),
        sample("a.ogg", State.WHOLE, State.INCOMPLETE, "-c:a", "libvorbis"),
        sample("flac.oga", State.WHOLE, State.INCOMPLETE, "-f", "ogg", "-c:a", "flac"),
        sample("a.m4a", State.WHOLE, State.INCOMPLETE, "-c:a", "aac"),
        sample("fast.m4a", State.WHOLE, State.INCOMPLETE, "-movflags", "+faststart"),
        sample("a.mov", State.WHOLE, State.INCOMPLETE, "-c:a", "pcm_s16le"),
        sample("alac.m4a", State.WHOLE, State.INCOMPLETE, "-c:a", "alac"),
        sample("a.mka", State.WHOLE, State.INCOMPLETE, "-c:a", "libopus"),
        sample("a.webm", State.WHOLE, State.INCOMPLETE, "-c:a", "libopus"),
        sample(
            "parts.mp4",
            State.CANNOT_TELL,
            State.INCOMPLETE,
            "-movflags",
            "+frag_keyframe+empty_moov"),
        sample("a.mp3", State.WHOLE, State.CANNOT_TELL),
        sample("a.aac", State.CANNOT_TELL, State.CANNOT_TELL),
        sample("a.s16le", State.CANNOT_TELL, State.CANNOT_TELL, "-f", "s16le"));
  }

  private static Sample sample(String name, State whole, State half, String... options) {
    return new Sample(name, List.of(options), whole, half);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aWholeFileIsRecognised(Sample sample) throws IOException {
    Completeness found = check.check(make(sample));

    assertThat(found.state()).as(found.explanation()).isEqualTo(sample.whole());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void halfAFileIsRecognised(Sample sample) throws IOException {
    byte[] all = Files.readAllBytes(make(sample));

    Completeness found = check.check(write(Arrays.copyOf(all, all.length / 2)));

    assertThat(found.state()).as(found.explanation()).isEqualTo(sample.half());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void noCutFileIsCalledWhole(Sample sample) throws IOException {
    byte[] all = Files.readAllBytes(make(sample));

    for (int cut = 0; cut < CUTS; cut++) {
      int length = (int) ((long) all.length * cut / CUTS);
      Completeness found = check.check(write(Arrays.copyOf(all, length)));
      assertThat(found.state()).as("%s at %s", found, length).isNotEqualTo(State.WHOLE);
    }
    for (int missing = 1; missing <= 64; missing++) {
      Completeness found = check.check(write(Arrays.copyOf(all, all.length - missing)));
      assertThat(found.state()).as("%s without %s", found, missing).isNotEqualTo(State.WHOLE);
    }
  }

  /** Formats whose end proves itself are not taken in by space that is reserved and not filled. */
  @ParameterizedTest
  @MethodSource("samples")
  void reservedSpaceIsNotTakenForContent(Sample sample) throws IOException {
    Set<String> endProvesItself =
        Set.of("a.flac", "a.opus", "a.ogg", "flac.oga", "a.m4a", "a.mov", "alac.m4a");
    byte[] all = Files.readAllBytes(make(sample));
    byte[] half = Arrays.copyOf(Arrays.copyOf(all, all.length / 2), all.length);

    Completeness found = check.check(write(half));

    Set<State> expected =
        endProvesItself.contains(sample.name())
            ? EnumSet.of(State.INCOMPLETE)
            : EnumSet.allOf(State.class);
    assertThat(expected).as(found.explanation()).contains(found.state());
  }

  @Test
  void aPipedWaveFileDoesNotSayHowLongItIs() throws IOException {
    Path file = RealRecordings.makePiped(folder.resolve("live.wav"), "wav");

    assertThat(check.check(file).state()).isEqualTo(State.GROWING);
  }

  @Test
  void aPipedFlacFileDoesNotSayHowLongItIs() throws IOException {
    Path file = RealRecordings.makePiped(folder.resolve("live.flac"), "flac");

    assertThat(check.check(file).state()).isEqualTo(State.GROWING);
  }

  /** Its last frame is hardly longer than a header; it used to be overlooked. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 1.01, 2.345, 120})
  void aFlacFileThatEndsInSilenceIsWhole(double seconds) throws IOException {
    Path file =
        RealRecordings.make(
            folder.resolve("silence.flac"),
            "-af",
            "afade=t=out:st=0:d=0.3,apad=whole_dur=" + seconds,
            "-t",
            Double.toString(seconds),
            "-ar",
            "16000",
            "-sample_fmt",
            "s16");

    Completeness found = check.check(file);

    assertThat(found.state()).as(found.explanation()).isEqualTo(State.WHOLE);
  }

  @Test
  void aFlacFileWithAnAppendedTagIsWhole() throws IOException {
    Path file = RealRecordings.make(folder.resolve("tagged.flac"));
    byte[] tag = new byte[128];
    System.arraycopy(new byte[] {'T', 'A', 'G'}, 0, tag, 0, 3);

    Files.write(file, tag, java.nio.file.StandardOpenOption.APPEND);

    assertThat(check.check(file).state()).isEqualTo(State.WHOLE);
  }

  private Path make(Sample sample) {
    Path file = folder.resolve(sample.name());
    return Files.exists(file)
        ? file
        : RealRecordings.make(file, sample.options().toArray(String[]::new));
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("cut"), content);
  }
}
