package io.maie.edge.text.ground;

import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Paragraph;
import io.maie.edge.transcript.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The part of a transcript that a language model may see: not the sentences that speak to a
 * language model, nor the sentence of the same speaker after each. Nothing else relies on finding
 * them; the answer of a model is compared with what was said.
 *
 * @param shown without them
 * @param withheld those sentences
 */
public record ToModel(CleanTranscript shown, List<Sentence> withheld) {
  private static final int FOLLOWING = 1;
  private static final Pattern ADDRESSED =
      Pattern.compile(
          "\\b(?:ignore|disregard|forget|override|bypass)\\b.{0,40}"
              + "\\b(?:instructions?|prompts?|rules|directions|guidelines|everything above)\\b"
              + "|\\b(?:system prompt|you are now an? |new instructions?:|do anything now)"
              + "|\\b(?:you are|act as) an? (?:ai|assistant|language model|chatbot)\\b"
              + "|(?:bỏ qua|phớt lờ|quên|đừng theo|bất chấp).{0,40}"
              + "(?:hướng dẫn|chỉ dẫn|chỉ thị|mệnh lệnh|quy tắc|yêu cầu trước)"
              + "|lời nhắc hệ thống|bạn (?:bây giờ )?là (?:một )?(?:trợ lý|mô hình ngôn ngữ)",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);

  public ToModel {
    withheld = List.copyOf(withheld);
  }

  /** Takes {@code transcript} apart. */
  public static ToModel of(CleanTranscript transcript) {
    List<Paragraph> shown = new ArrayList<>();
    List<Sentence> withheld = new ArrayList<>();
    for (Paragraph paragraph : transcript.paragraphs()) {
      List<Sentence> kept = new ArrayList<>();
      int skip = 0;
      for (Sentence sentence : paragraph.sentences()) {
        if (ADDRESSED.matcher(sentence.text()).find()) {
          skip = FOLLOWING + 1;
        }
        (skip > 0 ? withheld : kept).add(sentence);
        skip = Math.max(0, skip - 1);
      }
      if (!kept.isEmpty()) {
        shown.add(new Paragraph(paragraph.speaker(), kept));
      }
    }
    return new ToModel(new CleanTranscript(shown), withheld);
  }
}
