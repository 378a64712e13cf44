package io.maie.edge.asr.hallucination;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EchoesTest {

  @Test
  void neighboursThatSoundTheSameMakeOneRow() {
    assertThat(rows("Thank you.", "thank you", "THANK YOU!", "Goodbye.", "Thank you."))
        .containsExactly(3, 1, 1);
  }

  @Test
  void noSegmentsMakeNoRows() {
    assertThat(rows()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, false", "7, false", "8, true", "50, true"})
  void aLoopRepeatsMoreOftenThanPeopleDo(int count, boolean isLoop) {
    List<Segment> row = segments(Collections.nCopies(count, "No.").toArray(new String[0]));

    assertThat(Echoes.isLoop(row)).isEqualTo(isLoop);
  }

  private static List<Integer> rows(String... texts) {
    return Echoes.rows(segments(texts)).stream().map(List::size).toList();
  }

  private static List<Segment> segments(String... texts) {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < texts.length; i++) {
      segments.add(new Segment(new SampleSpan(i, i + 1), texts[i], 1, List.of(), null));
    }
    return segments;
  }
}
