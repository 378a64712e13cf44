package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DialogueTest {
  private static final String ANNA_AND_SOMEBODY =
      "\"speakers\": [{\"id\": \"S1\", \"name\": \"Anna\"}, {\"id\": \"S2\"}]";

  @Test
  void aLineHoldsWhatOneSpeakerSaysUntilAnotherSpeaks() throws IOException {
    assertThat(
            dialogue(
                segment("S1", 5, 6, "Good morning."),
                segment("S1", 6.5, 7, "Shall we?"),
                segment("S2", 7, 8, "Yes.")))
        .containsExactly("[0:05] Anna: Good morning. Shall we?", "[0:07] S2: Yes.");
  }

  @Test
  void aPauseBeginsALine() throws IOException {
    assertThat(dialogue(segment("S1", 5, 6, "One."), segment("S1", 8, 9, "Two.")))
        .containsExactly("[0:05] Anna: One.", "[0:08] Anna: Two.");
  }

  @Test
  void aSpeakerWhoNeverPausesGetsLinesThatCanBeRead() throws IOException {
    String long600 = "word ".repeat(120).strip() + ".";

    assertThat(dialogue(segment("S1", 0, 60, long600), segment("S1", 60, 61, "Two.")))
        .containsExactly("[0:00] Anna: " + long600, "[1:00] Anna: Two.");
  }

  @Test
  void hoursAreShownAsHours() throws IOException {
    assertThat(dialogue(segment("S2", 3_599, 3_600, "One."), segment("S2", 3_723, 3_724, "Two.")))
        .containsExactly("[59:59] S2: One.", "[1:02:03] S2: Two.");
  }

  @Test
  void withoutSpeakersThereIsNoDialogue() throws IOException {
    assertThat(Dialogue.of(new ObjectMapper().readTree("{\"segments\": []}"))).isEmpty();
  }

  private static List<String> dialogue(String... segments) throws IOException {
    String json =
        "{%s, \"segments\": [%s]}".formatted(ANNA_AND_SOMEBODY, String.join(", ", segments));
    return Dialogue.of(new ObjectMapper().readTree(json));
  }

  private static String segment(String speaker, double start, double end, String text) {
    return "{\"speaker\": \"%s\", \"start\": %s, \"end\": %s, \"text\": \"%s\"}"
        .formatted(speaker, start, end, text);
  }
}
