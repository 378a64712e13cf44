package io.maie.edge.result;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A report in Markdown (CommonMark), with all marks in spoken text escaped. */
final class Markdown {
  private static final Pattern MARKS = Pattern.compile("([\\\\`*_\\[\\]<>#|~&!])");

  /** Text that would begin a list or a heading at the start of a line. */
  private static final Pattern LINE_START = Pattern.compile("(?m)^(\\s*)([-+=]|\\d+(?=[.)]))");

  private final Report report;
  private final Speakers speakers;
  private final Outline outline;
  private final ReportWords words;
  private final StringBuilder text = new StringBuilder();

  private Markdown(Report report) {
    this.report = report;
    speakers = Speakers.orNone(report.results().speakers());
    outline = Outline.of(report.results().summary(), report.language());
    words = ReportWords.of(report.language());
  }

  static String of(Report report) {
    return new Markdown(report).write();
  }

  private String write() {
    String title = outline.title().isEmpty() ? report.name() : outline.title();
    text.append("# ").append(escaped(title)).append("\n\n");
    text.append(String.join(" · ", report.facts().stream().map(Markdown::escaped).toList()));
    text.append("\n\n");
    people();
    if (!outline.blocks().isEmpty()) {
      text.append("## ").append(words.summary()).append("\n\n");
      outline.blocks().forEach(this::block);
    }
    text.append("## ").append(words.transcript()).append("\n\n");
    List<Passage> passages = Passage.of(report.results());
    passages.forEach(this::passage);
    if (passages.isEmpty()) {
      text.append(words.nothing()).append("\n\n");
    }
    return text.toString().stripTrailing() + "\n";
  }

  private void people() {
    if (!speakers.speakers().isEmpty()) {
      text.append("**").append(words.speakers()).append(":** ");
      List<String> names = new ArrayList<>();
      for (SpeakerSummary speaker : speakers.speakers()) {
        String name = escaped(speakers.nameOf(speaker.id()));
        names.add(
            report.hasTimes() ? name + " (" + ReportWords.clock(speaker.samples()) + ")" : name);
      }
      text.append(String.join(", ", names)).append("\n\n");
    }
  }

  private void block(Outline.Block block) {
    text.append("#".repeat(Math.min(6, 3 + block.depth()))).append(' ');
    text.append(escaped(block.heading())).append("\n\n");
    if (block.kind() == Outline.Kind.TAGS) {
      text.append(
          String.join(", ", block.items().stream().map(item -> escaped(item.text())).toList()));
      text.append("\n\n");
      return;
    }
    String mark = block.kind() == Outline.Kind.LIST ? "- " : "";
    for (Outline.Item item : block.items()) {
      text.append(mark).append(escaped(item.text()));
      for (Outline.Detail detail : item.details()) {
        text.append(" — ").append(escaped(detail.label())).append(": ");
        text.append(escaped(detail.value()));
      }
      List<String> times =
          item.times().stream().map(span -> ReportWords.clock(span.start())).toList();
      boolean isTimed = report.hasTimes() && !times.isEmpty();
      text.append(isTimed ? " (" + String.join(", ", times) + ")" : "");
      if (!item.unsupported().isEmpty()) {
        text.append(" *(").append(words.notSaid()).append(' ');
        text.append(escaped(String.join(", ", item.unsupported()))).append(")*");
      }
      text.append('\n');
    }
    text.append(block.items().isEmpty() ? "" : "\n");
  }

  private void passage(Passage passage) {
    @Nullable String speaker = passage.speaker();
    List<String> head = new ArrayList<>();
    if (speaker != null) {
      head.add(escaped(speakers.nameOf(speaker)));
    }
    if (report.hasTimes()) {
      head.add(ReportWords.clock(passage.span().start()));
    }
    text.append(head.isEmpty() ? "" : "**" + String.join(" · ", head) + "**  \n");
    text.append(escapedLines(passage.text())).append("\n\n");
  }

  private static String escaped(String text) {
    return escapedLines(PlainText.oneLine(text));
  }

  /** Line breaks that were dictated stay. */
  private static String escapedLines(String text) {
    String marked = MARKS.matcher(text).replaceAll("\\\\$1");
    String started = LINE_START.matcher(marked).replaceAll("$1\\\\$2");
    return started.replaceAll("(?m)\\\\(\\d+)(?=[.)])", "$1\\\\").replace("\n", "  \n");
  }
}
