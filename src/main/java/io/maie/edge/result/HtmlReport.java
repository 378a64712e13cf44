package io.maie.edge.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.transcript.Turn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A report as one HTML file that needs nothing else: no script, no font, no picture, nothing from a
 * network. Everything that was said, and every name, is escaped.
 */
final class HtmlReport {
  private static final String STYLE = "/report/report.css";

  /** Colours of speakers; further ones share them. */
  private static final int COLOURS = 8;

  /** Width of the timeline in its own units. */
  private static final int WIDTH = 1_000;

  private static final int ROW_HEIGHT = 18;
  private static final int BAR_HEIGHT = 12;

  private final Report report;
  private final Speakers speakers;
  private final Outline outline;
  private final ReportWords words;
  private final List<Passage> passages;
  private final Map<String, Integer> colours = new TreeMap<>();
  private final StringBuilder html = new StringBuilder();

  private HtmlReport(Report report) {
    this.report = report;
    speakers = Speakers.orNone(report.results().speakers());
    outline = Outline.of(report.results().summary(), report.language());
    words = ReportWords.of(report.language());
    passages = Passage.of(report.results());
    for (SpeakerSummary speaker : speakers.speakers()) {
      colours.put(speaker.id(), colours.size() % COLOURS + 1);
    }
  }

  static String of(Report report) {
    return new HtmlReport(report).write();
  }

  private String write() {
    String title = outline.title().isEmpty() ? report.name() : outline.title();
    String language = report.language().isEmpty() ? "en" : report.language();
    html.append("<!DOCTYPE html>\n<html lang=\"").append(escaped(language)).append("\">\n<head>\n");
    html.append("<meta charset=\"utf-8\">\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    html.append(
        "<meta http-equiv=\"Content-Security-Policy\""
            + " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
    element("title", title);
    html.append("<style>\n").append(style()).append("</style>\n</head>\n<body>\n<main>\n");
    head(title);
    timeline();
    summary();
    transcript();
    html.append("</main>\n");
    element("footer", words.madeBy() + " " + ReportWords.day(report.receivedAt()));
    return html.append("</body>\n</html>\n").toString();
  }

  private void head(String title) {
    html.append("<header>\n");
    element("h1 dir=\"auto\"", title);
    html.append("<p class=\"facts\">");
    report.facts().forEach(fact -> inline("span", fact));
    html.append("</p>\n</header>\n");
  }

  /** One row for each speaker; without speakers, one for all speech. */
  private void timeline() {
    List<SampleSpan> speech =
        report.results().speechRegions().stream().map(SpeechRegion::span).toList();
    if (report.samples() == 0 || speech.isEmpty()) {
      return;
    }
    html.append("<section class=\"timeline\">\n");
    element("h2", words.timeline());
    if (speakers.speakers().isEmpty()) {
      beginRow(1);
      bars(words.timeline(), speech);
    }
    for (SpeakerSummary speaker : speakers.speakers()) {
      List<SampleSpan> spans =
          speakers.turns().stream()
              .filter(turn -> turn.speakerId().equals(speaker.id()))
              .map(Turn::span)
              .toList();
      String share =
          String.format(
              Locale.ROOT,
              "%s · %d%%",
              ReportWords.clock(speaker.samples()),
              Math.round(100 * speaker.share()));
      String name = speakers.nameOf(speaker.id());
      beginRow(colour(speaker.id()));
      if (!name.isEmpty()) {
        who(name, share);
      }
      bars(name.isEmpty() ? words.timeline() : name, spans);
    }
    html.append("<div class=\"scale\">");
    inline("span", ReportWords.clock(0));
    inline("span", ReportWords.clock(report.samples() / 2));
    inline("span", ReportWords.clock(report.samples()));
    html.append("</div>\n</section>\n");
  }

  private void beginRow(int colour) {
    html.append("<div class=\"row c").append(colour).append("\">");
  }

  private void who(String name, String share) {
    html.append("<div class=\"who\">");
    inline("b dir=\"auto\"", name);
    inline("span", share);
    html.append("</div>");
  }

  /** The rest of a row. */
  private void bars(String label, List<SampleSpan> spans) {
    html.append("<svg viewBox=\"0 0 ").append(WIDTH).append(' ').append(ROW_HEIGHT);
    html.append("\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"");
    html.append(escaped(label)).append("\">");
    html.append("<rect class=\"track\" width=\"").append(WIDTH).append("\" height=\"");
    html.append(BAR_HEIGHT).append("\" y=\"3\" rx=\"2\"/>");
    spans.forEach(this::bar);
    html.append("</svg></div>\n");
  }

  private void bar(SampleSpan span) {
    double left = (double) WIDTH * span.start() / report.samples();
    double width = Math.max(1.5, (double) WIDTH * span.length() / report.samples());
    html.append("<a href=\"#").append(passageAt(span.start())).append("\"><rect x=\"");
    html.append(String.format(Locale.ROOT, "%.1f\" y=\"3\" width=\"%.1f", left, width));
    html.append("\" height=\"").append(BAR_HEIGHT).append("\"><title>");
    html.append(ReportWords.clock(span.start())).append("</title></rect></a>");
  }

  private void summary() {
    if (outline.blocks().isEmpty()) {
      return;
    }
    html.append("<section class=\"summary\">\n");
    element("h2", words.summary());
    outline.blocks().forEach(this::block);
    @Nullable Summary summary = report.results().summary();
    boolean isRewritten = summary != null && summary.groundingOrNull() != null;
    element("p class=\"note\"", isRewritten ? words.rewritten() : words.quoted());
    html.append("</section>\n");
  }

  private void block(Outline.Block block) {
    element("h" + Math.min(6, 3 + block.depth()) + " dir=\"auto\"", block.heading());
    if (block.items().isEmpty()) {
      return;
    }
    switch (block.kind()) {
      case TAGS -> {
        html.append("<p class=\"tags\">");
        block.items().forEach(item -> inline("span dir=\"auto\"", item.text()));
        html.append("</p>\n");
      }
      case TEXT -> block.items().forEach(item -> statement("p", item));
      case LIST -> {
        html.append("<ul>\n");
        block.items().forEach(item -> statement("li", item));
        html.append("</ul>\n");
      }
    }
  }

  private void statement(String tag, Outline.Item item) {
    html.append('<').append(tag).append(" dir=\"auto\">").append(escaped(item.text()));
    for (SampleSpan at : report.hasTimes() ? item.times() : List.<SampleSpan>of()) {
      html.append(" <a class=\"time\" href=\"#").append(passageAt(at.start())).append("\">");
      html.append(ReportWords.clock(at.start())).append("</a>");
    }
    if (!item.unsupported().isEmpty()) {
      html.append(' ');
      inline("em", "(" + words.notSaid() + " " + String.join(", ", item.unsupported()) + ")");
    }
    if (!item.details().isEmpty()) {
      html.append("<span class=\"details\">");
      for (Outline.Detail detail : item.details()) {
        html.append("<span>");
        inline("i", detail.label());
        html.append(' ').append(escaped(detail.value())).append("</span>");
      }
      html.append("</span>");
    }
    html.append("</").append(tag).append(">\n");
  }

  private void transcript() {
    html.append("<section class=\"transcript\">\n");
    element("h2", words.transcript());
    if (passages.isEmpty()) {
      element("p class=\"note\"", words.nothing());
    }
    @Nullable String last = null;
    for (int i = 0; i < passages.size(); i++) {
      Passage passage = passages.get(i);
      @Nullable String speaker = passage.speaker();
      html.append("<article id=\"p").append(i).append("\" class=\"c").append(colour(speaker));
      html.append("\"><div class=\"when\">");
      if (report.hasTimes()) {
        html.append("<a href=\"#p").append(i).append("\">");
        html.append(ReportWords.clock(passage.span().start())).append("</a>");
      }
      html.append("</div><div>");
      if (speaker != null && !Objects.equals(speaker, last)) {
        inline("b dir=\"auto\"", speakers.nameOf(speaker));
      }
      html.append("<p dir=\"auto\">").append(escaped(passage.text()).replace("\n", "<br>"));
      html.append("</p></div></article>\n");
      last = speaker;
    }
    html.append("</section>\n");
  }

  /** The passage that is spoken at a time, or the last before it. */
  private String passageAt(long sample) {
    int found = 0;
    for (int i = 0; i < passages.size() && passages.get(i).span().start() <= sample; i++) {
      found = i;
    }
    return "p" + found;
  }

  private int colour(@Nullable String speaker) {
    return speaker == null ? 0 : colours.getOrDefault(speaker, 0);
  }

  private void element(String tag, String text) {
    inline(tag, text);
    html.append('\n');
  }

  /**
   * @param tag name of the element, and its attributes
   */
  private void inline(String tag, String text) {
    html.append('<').append(tag).append('>').append(escaped(text));
    html.append("</").append(tag.split(" ", 2)[0]).append('>');
  }

  /** The characters that mean something, and those that no document may hold. */
  private static String escaped(String text) {
    return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String style() {
    try (InputStream stream =
        Objects.requireNonNull(HtmlReport.class.getResourceAsStream(STYLE), STYLE)) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
