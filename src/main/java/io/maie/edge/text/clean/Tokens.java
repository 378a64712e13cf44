package io.maie.edge.text.clean;

import io.maie.edge.text.clean.Token.Edge;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes a transcript apart into tokens with times. */
final class Tokens {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** Behind a mark that ends a sentence in scripts without blanks. */
  private static final Pattern AFTER_WIDE_STOP = Pattern.compile("(?<=[。！？])(?=[^。！？」』）])");

  private Tokens() {}

  static List<Token> of(Transcript transcript) {
    List<Token> tokens = new ArrayList<>();
    for (Segment segment : transcript.segments()) {
      List<String> pieces =
          BLANKS.splitAsStream(segment.text().strip()).filter(p -> !p.isEmpty()).toList();
      boolean isTimed =
          segment.words().size() == pieces.size()
              && segment.words().stream().noneMatch(word -> word.estimated());
      Position position = new Position(segment, pieces.stream().mapToInt(String::length).sum());
      for (int i = 0; i < pieces.size(); i++) {
        long start = isTimed ? segment.words().get(i).span().start() : position.time();
        position.pass(pieces.get(i).length());
        long end = isTimed ? segment.words().get(i).span().end() : position.time();
        Edge edge = i == 0 ? opening(segment) : Edge.BLANK;
        tokens.addAll(sentences(new Token(pieces.get(i), start, end, speaker(segment), edge)));
      }
    }
    return tokens;
  }

  /** The words of {@code tokens} with blanks between them. */
  static String phrase(List<Token> tokens) {
    return String.join(" ", tokens.stream().map(Token::word).toList());
  }

  /** A segment without length is a paragraph of a text that was written. */
  private static Edge opening(Segment segment) {
    return segment.span().isEmpty() ? Edge.PARAGRAPH : Edge.SEGMENT;
  }

  private static @Nullable String speaker(Segment segment) {
    @Nullable SpeakerLabel label = segment.speaker();
    return label == null ? null : label.speaker();
  }

  private static List<Token> sentences(Token token) {
    List<String> parts = AFTER_WIDE_STOP.splitAsStream(token.text()).toList();
    List<Token> tokens = new ArrayList<>();
    long length = token.end() - token.start();
    int before = 0;
    for (String part : parts) {
      long start = token.start() + length * before / token.text().length();
      before += part.length();
      long end = token.start() + length * before / token.text().length();
      Edge edge = tokens.isEmpty() ? token.edge() : Edge.NONE;
      tokens.add(new Token(part, start, end, token.speaker(), edge));
    }
    return tokens;
  }

  /** Progress in reading a segment without word times. */
  private static final class Position {
    private final Segment segment;
    private final int characters;
    private int passed;

    Position(Segment segment, int characters) {
      this.segment = segment;
      this.characters = Math.max(1, characters);
    }

    void pass(int more) {
      passed += more;
    }

    long time() {
      return segment.span().start() + segment.span().length() * passed / characters;
    }
  }
}
