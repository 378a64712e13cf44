package io.maie.edge.request;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The audio tracks of a file to hear.
 *
 * @param word {@code auto}, {@code all}, the number of a track from 1, or the code of a language of
 *     two or three letters
 */
public record TrackChoice(String word) {
  /** All but translations of the preferred one. */
  public static final TrackChoice AUTO = new TrackChoice("auto");

  /** Every track. */
  public static final TrackChoice ALL = new TrackChoice("all");

  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

  /** The choice that a value in a document stands for; empty if it stands for none. */
  static Optional<TrackChoice> of(@Nullable Object value) {
    String word = String.valueOf(value).strip().toLowerCase(Locale.ROOT);
    boolean isChoice =
        value != null
            && !(value instanceof Boolean)
            && (word.equals(AUTO.word)
                || Numbers.isNumber(word)
                || LANGUAGE.matcher(word).matches());
    return isChoice ? Optional.of(new TrackChoice(word)) : Optional.empty();
  }

  /** The one track that is asked for, from 1; empty if none is by number. */
  public OptionalInt number() {
    return Numbers.number(word);
  }

  /** The language whose tracks are asked for; empty if none is. */
  public Optional<String> language() {
    boolean isLanguage = !equals(AUTO) && !equals(ALL) && number().isEmpty();
    return isLanguage ? Optional.of(word) : Optional.empty();
  }

  /** The value in a document. */
  Object value() {
    return Numbers.value(word);
  }
}
