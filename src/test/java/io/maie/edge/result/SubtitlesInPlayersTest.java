package io.maie.edge.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.request.OutputFormat;
import io.maie.edge.testing.ExternalProgram;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program that plays films reads our subtitles as we meant them. */
final class SubtitlesInPlayersTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"SRT", "VTT"})
  void ffmpegReadsEveryCueWithItsTimesAndLines(OutputFormat format) throws IOException {
    Transcript transcript =
        Transcript.of(
            List.of(
                SampleDocuments.segment(0.32, 2.1, "Good morning, Zo\u00EB."),
                SampleDocuments.segment(
                    3, 9, "This one is long enough that it needs two lines, one below the other."),
                SampleDocuments.segment(3_599.5, 3_601, "\u4F1A\u8B70 ended: 5 < 6 & 7.")));
    Path ours = folder.resolve("ours." + format.label());
    Path theirs = folder.resolve("theirs.srt");
    Files.writeString(ours, OutputFilesTest.render(format, transcript));

    ExternalProgram.run(
        List.of(
            ExternalProgram.require("ffmpeg").toString(),
            "-nostdin",
            "-v",
            "error",
            "-i",
            ours.toString(),
            theirs.toString()));

    assertThat(theirs).hasContent(OutputFilesTest.render(OutputFormat.SRT, transcript));
  }
}
