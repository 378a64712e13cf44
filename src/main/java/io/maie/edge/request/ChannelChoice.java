package io.maie.edge.request;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a recording to hear.
 *
 * @param word {@code auto}, {@code mix}, {@code left}, {@code right}, {@code each}, or the number
 *     of a channel from 1
 */
public record ChannelChoice(String word) {
  /** Apart where channels carry different people who talk at the same time, else mixed. */
  public static final ChannelChoice AUTO = new ChannelChoice("auto");

  /** One sound of all channels, whatever they carry. */
  public static final ChannelChoice MIX = new ChannelChoice("mix");

  /** Each channel by itself. */
  public static final ChannelChoice EACH = new ChannelChoice("each");

  private static final String LEFT = "left";
  private static final String RIGHT = "right";

  /** All but the numbers. */
  static final List<String> WORDS = List.of(AUTO.word, MIX.word, LEFT, RIGHT, EACH.word);

  /** The choice that a value in a document stands for; empty if it stands for none. */
  static Optional<ChannelChoice> of(@Nullable Object value) {
    String word = String.valueOf(value).strip().toLowerCase(Locale.ROOT);
    return WORDS.contains(word) || Numbers.isNumber(word)
        ? Optional.of(new ChannelChoice(word))
        : Optional.empty();
  }

  /** The one channel that is asked for, from 1; empty if all are. */
  public OptionalInt number() {
    return switch (word) {
      case LEFT -> OptionalInt.of(1);
      case RIGHT -> OptionalInt.of(2);
      default -> Numbers.number(word);
    };
  }

  /** The value in a document. */
  Object value() {
    return Numbers.value(word);
  }
}
