package io.maie.edge.result;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Paragraph;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes what was made of a transcript's text. */
record TextFields(JsonFields json) {

  /** The clean transcript and the summary, where there are any. */
  void results(Results results) throws IOException {
    clean(results);
    summary(results.summary());
  }

  /** Writes how far the summary of a language model rests on what was said. */
  void grounding(@Nullable Summary summary) throws IOException {
    @Nullable Grounding grounding = summary == null ? null : summary.groundingOrNull();
    if (grounding != null) {
      json.decimal("grounded_share", grounding.share());
    }
  }

  /**
   * Writes how far the clean transcript is from the recognised one, if there is a clean one.
   *
   * @param detailed whether to write all figures
   */
  void metrics(@Nullable Enhancement enhancement, boolean detailed) throws IOException {
    if (enhancement != null) {
      json.decimal("edit_rate_cleaning", enhancement.editRate());
      if (detailed) {
        json.object("enhancement_metrics", () -> enhancement(enhancement));
      }
    }
  }

  private void clean(Results results) throws IOException {
    @Nullable CleanTranscript clean = results.clean();
    if (clean != null) {
      Speakers speakers = Speakers.orNone(results.speakers());
      json.text("clean_transcript", PlainText.of(Passage.of(results), speakers).stripTrailing());
      json.array("paragraphs", clean.paragraphs(), this::paragraph);
    }
  }

  private void summary(@Nullable Summary summary) throws IOException {
    if (summary != null) {
      json.value("summary", summary.content());
      json.array(
          "summary_sources",
          summary.sources(),
          (source, index) ->
              json.object(
                  () -> {
                    json.text("path", source.path());
                    json.array("sources", source.spans(), this::span);
                    if (!source.unsupported().isEmpty()) {
                      json.value("unsupported", source.unsupported());
                    }
                  }));
    }
  }

  private void span(SampleSpan span, int index) throws IOException {
    json.object(
        () -> {
          json.seconds("start", span.start());
          json.seconds("end", span.end());
        });
  }

  /** The block {@code versions.cleaning}, if a language model went over the transcript. */
  void cleaner(@Nullable Enhancement enhancement) throws IOException {
    @Nullable String model = enhancement == null ? null : enhancement.modelOrNull();
    if (model != null) {
      json.object("cleaning", () -> json.text("model", model));
    }
  }

  /** The block {@code versions.summary}, if there is a summary. */
  void version(@Nullable Summary summary) throws IOException {
    if (summary != null) {
      json.object(
          "summary",
          () -> {
            json.text("engine", summary.engine());
            @Nullable Grounding grounding = summary.groundingOrNull();
            json.text("model", grounding == null ? null : grounding.model());
            json.text("template_id", summary.templateId());
            json.text("template_hash", summary.templateHash());
          });
    }
  }

  private void paragraph(Paragraph paragraph, int index) throws IOException {
    json.object(
        () -> {
          json.seconds("start", paragraph.span().start());
          json.seconds("end", paragraph.span().end());
          json.text("speaker", paragraph.speaker());
          json.text("text", paragraph.text());
        });
  }

  private void enhancement(Enhancement enhancement) throws IOException {
    json.decimal("edit_rate", enhancement.editRate());
    json.decimal("word_edit_rate", enhancement.wordEditRate());
    json.integer("sentences", enhancement.sentences());
    json.integer("paragraphs", enhancement.paragraphs());
    json.integer("fillers_removed", enhancement.fillers());
    json.integer("numbers_written", enhancement.numbers());
    json.integer("commands_carried_out", enhancement.commands());
    json.integer("sentences_corrected", enhancement.corrected());
  }
}
