package io.maie.edge.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reports for people, as HTML and as Markdown. */
final class ReportTest {
  private static final String HOSTILE =
      "</style><script>alert(1)</script> <img src=x onerror='a()'>";

  @Test
  void aWrittenTextHasNoTimes() {
    SampleSpan nowhere = new SampleSpan(0, 0);
    Transcript written =
        Transcript.of(
            List.of(
                new Segment(nowhere, "We agreed.", 1, List.of())
                    .withSpeaker(new SpeakerLabel("S1", false), List.of())));
    Summary summary =
        new Summary(
            "extractive",
            "own",
            "0".repeat(64),
            Map.of("decisions", List.of("We agreed.")),
            List.of(new SummarySource("/decisions/0", List.of(nowhere))),
            null);
    Speakers speakers = Speakers.of(List.of(), written, Map.of("S1", "Ann"), Map.of());
    Results results = new Results(written, null, summary, List.of(), speakers, List.of());
    Report report =
        new Report(results, "notes.txt", Instant.parse("2026-01-02T00:00:00Z"), 0, false);

    assertThat(new String(OutputFiles.render(report, OutputFormat.MD), UTF_8))
        .doesNotContain("0:00")
        .contains("**Speakers:** Ann", "- We agreed.\n", "**Ann**  \nWe agreed.");
    assertThat(new String(OutputFiles.render(report, OutputFormat.HTML), UTF_8))
        .doesNotContain("0:00")
        .contains("Ann", "We agreed.");
    assertThat(speakers.speakers().get(0).words()).isEqualTo(2);
  }

  @Test
  void theHtmlHoldsWhatPeopleWantToKnow() {
    String html = rendered(OutputFormat.HTML);

    assertThat(html)
        .contains(
            "<h1 dir=\"auto\">Good morning</h1>",
            "<span>call 7.wav</span><span>2026-01-02</span><span>0:06</span><span>English</span>",
            "<p dir=\"auto\">Good morning, Zo\u00EB.</p>",
            "<b dir=\"auto\">Zo\u00EB</b>",
            "<h3 dir=\"auto\">Key topics</h3>");
  }

  @Test
  void timesOfTheSummaryLeadToWhatWasSaid() throws Exception {
    Document document = parsed(rendered(OutputFormat.HTML));
    NodeList links = document.getElementsByTagName("a");

    assertThat(links.getLength()).isPositive();
    for (int i = 0; i < links.getLength(); i++) {
      String target = ((Element) links.item(i)).getAttribute("href");
      assertThat(target).startsWith("#");
      assertThat(hasElement(document, target.substring(1))).as(target).isTrue();
    }
  }

  @Test
  void theHtmlNeedsNothingElseAndRunsNothing() {
    assertThat(rendered(OutputFormat.HTML))
        .contains("default-src 'none'; style-src 'unsafe-inline'")
        .doesNotContain("http://", "https://", "<script", "<link", "<img", "url(", "@import");
  }

  @Test
  void spokenTextNeverBecomesMarkup() throws Exception {
    Report report = hostile();
    String html = new String(OutputFiles.render(report, OutputFormat.HTML), UTF_8);

    assertThat(html).doesNotContain("<script", "<img");
    Document document = parsed(html);
    assertThat(document.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(HOSTILE);
    assertThat(document.getElementsByTagName("article").item(0).getTextContent()).contains(HOSTILE);
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void spokenTextNeverBecomesMarkdownSyntax() {
    Report report = hostile();
    String markdown = new String(OutputFiles.render(report, OutputFormat.MD), UTF_8);

    assertThat(markdown)
        .contains("\\<script\\>", "\\*stars\\*", "\\[a\\](b)")
        .contains("# \\</style\\>");
  }

  @Test
  void theMarkdownHoldsWhatPeopleWantToKnow() {
    assertThat(rendered(OutputFormat.MD))
        .startsWith(
            """
            # Good morning

            call 7.wav · 2026-01-02 · 0:06 · English

            **Speakers:** S1 (0:02), Zo\u00EB (0:01)

            ## Summary
            """)
        .contains("Good morning, Zo\u00EB. (0:00)")
        .endsWith(
            """
            ## Transcript

            **S1 · 0:00**\040\040
            Good morning, Zo\u00EB.

            **Zo\u00EB · 0:03**\040\040
            Hello.
            """);
  }

  @Test
  void fieldsOfTheShippedTemplatesHaveHeadingsInTheLanguageOfTheReport() {
    SummaryHeadings english = SummaryHeadings.in("en");
    SummaryHeadings vietnamese = SummaryHeadings.in("vi");

    assertThat(english.of("người_tham_gia")).isEqualTo("Participants");
    assertThat(english.of("key_topics")).isEqualTo("Key topics");
    assertThat(vietnamese.of("key_topics")).isEqualTo("Chủ đề chính");
    assertThat(vietnamese.of("người_tham_gia")).isEqualTo("Người tham gia");
    assertThat(english.of("my_own_field")).isEqualTo("My own field");
  }

  @Test
  void aVietnameseReportHasVietnameseHeadings() {
    Transcript transcript =
        Transcript.of(
            new Language("vi", 1), List.of(SampleDocuments.segment(0, 1, "Xin ch\u00E0o.")));
    Report report =
        new Report(
            SampleDocuments.plain(transcript),
            "a.wav",
            Instant.parse("2026-01-02T00:00:00Z"),
            16_000,
            false);

    assertThat(new String(OutputFiles.render(report, OutputFormat.HTML), UTF_8))
        .contains("<html lang=\"vi\">", "B\u1EA3n ghi", "Ti\u1EBFng Vi\u1EC7t");
  }

  @Test
  void inventionsOfALanguageModelAreMarkedAndNeverATitle() {
    SummarySource title = new SummarySource("/title", List.of(), List.of("4711"));
    SummarySource task =
        new SummarySource("/tasks/0/task", List.of(new SampleSpan(0, 16_000)), List.of("Globex"));
    Map<String, Object> content =
        Map.of(
            "title", "Invoice 4711", "tasks", List.of(Map.of("task", "Call Globex", "who", "Ann")));
    Summary summary =
        new Summary(
            "server", "t", "sha256:00", content, List.of(title, task), new Grounding("m", 0.5));
    Results results =
        new Results(
            Transcript.of(List.of(SampleDocuments.segment(0, 1, "Hello."))),
            null,
            summary,
            List.of(),
            null,
            List.of());
    Report report =
        new Report(results, "a.wav", Instant.parse("2026-01-02T00:00:00Z"), 16_000, false);

    assertThat(new String(OutputFiles.render(report, OutputFormat.MD), UTF_8))
        .startsWith("# a.wav")
        .contains("- Call Globex — Who: Ann (0:00) *(not said: Globex)*");
    assertThat(new String(OutputFiles.render(report, OutputFormat.HTML), UTF_8))
        .contains("<em>(not said: Globex)</em>", "Written by a language model")
        .doesNotContain("every statement is quoted", "Invoice 4711");
  }

  @Test
  void silenceIsReportedInWords() {
    Report report =
        new Report(
            SampleDocuments.plain(Transcript.of(List.of())),
            "a.wav",
            Instant.parse("2026-01-02T00:00:00Z"),
            0,
            false);

    assertThat(new String(OutputFiles.render(report, OutputFormat.HTML), UTF_8))
        .contains("Nothing was said.");
    assertThat(new String(OutputFiles.render(report, OutputFormat.MD), UTF_8))
        .contains("Nothing was said.");
  }

  private static Report hostile() {
    Transcript transcript =
        Transcript.of(
            new Language("en", 1),
            List.of(SampleDocuments.segment(0, 1, HOSTILE + " *stars* [a](b)")));
    Summary summary =
        new Summary(
            "extractive",
            "t",
            "sha256:00",
            Map.of("title", HOSTILE, HOSTILE, HOSTILE),
            List.of(),
            null);
    Results results = new Results(transcript, null, summary, List.of(), null, List.of());
    return new Report(results, HOSTILE, Instant.parse("2026-01-02T00:00:00Z"), 16_000, false);
  }

  private static String rendered(OutputFormat format) {
    return new String(OutputFiles.render(SampleDocuments.complete(), format), UTF_8);
  }

  /** The page is well-formed apart from what HTML never closes. */
  private static Document parsed(String html) throws Exception {
    String xml =
        html.replace("<!DOCTYPE html>\n", "")
            .replaceAll("<meta([^>]*)>", "<meta$1/>")
            .replace("<br>", "<br/>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  private static boolean hasElement(Document document, String id) {
    NodeList articles = document.getElementsByTagName("article");
    for (int i = 0; i < articles.getLength(); i++) {
      if (((Element) articles.item(i)).getAttribute("id").equals(id)) {
        return true;
      }
    }
    return false;
  }
}
