package io.maie.edge.audio.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Standard error of a child process, made fit for people: no addresses, no paths of this machine,
 * and at most a few lines. Thread-safe.
 */
final class ErrorLines {
  /** Lines kept; later ones are only counted. */
  private static final int MAX_LINES = 20;

  private static final int MAX_LENGTH = 200;

  /** The part of ffmpeg that speaks, such as {@code [aac @ 0x55c712c95a40] }. */
  private static final Pattern SPEAKER = Pattern.compile("\\[([^\\]]{0,60}) @ 0x[0-9a-f]+\\] ?");

  private static final Pattern UNPRINTABLE = Pattern.compile("\\p{Cntrl}(\\[[0-9;]*m)?");

  private static final Pattern REPEATED = Pattern.compile(" *Last message repeated (\\d+) times");

  private final String source;
  private final List<String> lines = new ArrayList<>();
  private final Predicate<Line> isDamage;
  private final List<String> damage = new ArrayList<>();
  private final LongSupplier place;
  private OptionalLong damagedPlace = OptionalLong.empty();
  private long count;

  /**
   * @param source the source as the child was told it
   */
  ErrorLines(String source) {
    this(source, line -> true, () -> 0);
  }

  /**
   * @param isDamage whether a line tells of damage to the sound
   * @param place how far the child has come, asked for at each line
   */
  ErrorLines(String source, Predicate<Line> isDamage, LongSupplier place) {
    this.source = source;
    this.isDamage = isDamage;
    this.place = place;
  }

  /**
   * A line that was said.
   *
   * @param speaker the part of the program that said it, such as {@code aac}; empty for the program
   *     itself
   */
  record Line(String speaker, String text) {}

  synchronized void add(String raw) {
    String line = UNPRINTABLE.matcher(raw).replaceAll("");
    if (line.isBlank()) {
      return;
    }
    count++;
    if (REPEATED.matcher(line).matches()) {
      return;
    }
    Matcher speaker = SPEAKER.matcher(line);
    String name = speaker.find() ? speaker.group(1) : "";
    line = speaker.replaceAll("").replace(source, "the recording").strip();
    line = line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH);
    if (lines.size() < MAX_LINES) {
      lines.add(line);
    }
    if (damage.size() < MAX_LINES && isDamage.test(new Line(name, line))) {
      damage.add(line);
      if (damagedPlace.isEmpty()) {
        damagedPlace = OptionalLong.of(place.getAsLong());
      }
    }
  }

  /** The lines that tell of damage to the sound. */
  synchronized List<String> damage() {
    return List.copyOf(damage);
  }

  /** How far the child had come, more or less, when it first told of damage to the sound. */
  synchronized OptionalLong damagedPlace() {
    return damagedPlace;
  }

  /** Number of lines that were said. */
  synchronized long count() {
    return count;
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  /** Returns whether a kept line contains one of {@code phrases}, in any case. */
  boolean mention(String... phrases) {
    for (String line : lines()) {
      for (String phrase : phrases) {
        if (line.toLowerCase(Locale.ROOT).contains(phrase.toLowerCase(Locale.ROOT))) {
          return true;
        }
      }
    }
    return false;
  }

  /** The first line, usually the reason of all the rest. */
  Optional<String> first() {
    return lines().stream().findFirst();
  }
}
