package io.maie.edge.text.extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.request.Cleaning;
import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.clean.TranscriptCleaner;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the traits of all sentences of transcripts. */
final class TraitTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TraitTable() {}

  public static void main(String[] arguments) throws IOException {
    Path out = Path.of(arguments[0]);
    Files.createDirectories(out);
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      Path folder = Path.of(argument);
      JsonNode root = JSON.readTree(Files.readAllBytes(folder.resolve("transcript.json")));
      Files.writeString(
          out.resolve(folder.getFileName() + ".jsonl"), String.join("\n", lines(root)) + "\n");
    }
  }

  private static List<String> lines(JsonNode root) throws IOException {
    String code = root.path("language").path("code").asText("en");
    List<Segment> segments = new ArrayList<>();
    for (JsonNode node : root.path("segments")) {
      Segment segment =
          new Segment(
              new SampleSpan(
                  Math.round(node.path("start").asDouble() * 16000),
                  Math.round(node.path("end").asDouble() * 16000)),
              node.path("text").asText(),
              1,
              List.of());
      segments.add(
          segment.withSpeaker(
              node.hasNonNull("speaker")
                  ? new SpeakerLabel(node.path("speaker").asText(), false)
                  : null,
              List.of()));
    }
    Transcript transcript = Transcript.of(new Language(code, 1), segments);
    CleanTranscript clean =
        new TranscriptCleaner(Set.of(Cleaning.FILLERS), List.of()).clean(transcript).transcript();
    TextLanguage language = TextLanguage.ofCode(code);
    List<Line> lines = Line.of(clean);
    Talk talk = new Talk(lines, new Words(language, lines), language);
    Traits traits = new Traits(talk);
    List<String> all = new ArrayList<>();
    for (int i = 0; i < talk.size(); i++) {
      Map<String, Double> values = traits.of(i);
      Line line = talk.line(i);
      all.add(
          JSON.writeValueAsString(
              Map.of(
                  "text", line.text(),
                  "start", line.statement().spans().get(0).start() / 16000.0,
                  "speaker", String.valueOf(line.speaker()),
                  "terms", talk.terms(i),
                  "traits", values,
                  "passage", talk.passage(i))));
    }
    return all;
  }
}
