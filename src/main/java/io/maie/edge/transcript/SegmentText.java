package io.maie.edge.transcript;

import static java.util.stream.Collectors.joining;

import io.maie.edge.audio.SampleSpan;
import java.util.ArrayList;
import java.util.List;

/** Segments and their texts, cut between words. */
public final class SegmentText {
  private SegmentText() {}

  /**
   * The parts of a segment that begin at some of its words. The first one begins, and the last one
   * ends, where the segment does.
   *
   * @param starts indexes of words, ascending, the first is 0
   */
  public static List<Segment> divided(Segment segment, List<Integer> starts) {
    List<String> texts = parts(segment, starts);
    List<Segment> divided = new ArrayList<>();
    for (int part = 0; part < starts.size(); part++) {
      boolean isLast = part + 1 == starts.size();
      int to = isLast ? segment.words().size() : starts.get(part + 1);
      List<Word> own = segment.words().subList(starts.get(part), to);
      long start = part == 0 ? segment.span().start() : own.get(0).span().start();
      long end = isLast ? segment.span().end() : own.get(own.size() - 1).span().end();
      SampleSpan span = new SampleSpan(start, Math.max(start, end));
      divided.add(segment.part(span, texts.get(part), own));
    }
    return divided;
  }

  /**
   * The parts of the text that begin at some of the words. Punctuation goes with the word that it
   * touches. If a word is not found in the text, the parts are the words alone.
   *
   * @param starts indexes of words, ascending, the first is 0
   */
  public static List<String> parts(Segment segment, List<Integer> starts) {
    if (starts.size() == 1) {
      return List.of(segment.text());
    }
    int[] places = places(segment);
    List<String> parts = new ArrayList<>();
    for (int part = 0; part < starts.size(); part++) {
      int from = starts.get(part);
      int to = part + 1 < starts.size() ? starts.get(part + 1) : segment.words().size();
      parts.add(
          places.length == 0
              ? segment.words().subList(from, to).stream().map(Word::text).collect(joining(" "))
              : segment.text().substring(places[from], places[to]).strip());
    }
    return parts;
  }

  /**
   * The index at which each word begins in the text, and the end of the text; empty if a word is
   * not found.
   */
  private static int[] places(Segment segment) {
    List<Word> words = segment.words();
    String text = segment.text();
    int[] places = new int[words.size() + 1];
    int from = 0;
    for (int i = 0; i < words.size(); i++) {
      int at = text.indexOf(words.get(i).text(), from);
      if (at < 0) {
        return new int[0];
      }
      places[i] = i == 0 ? 0 : from + beginning(text.substring(from, at));
      from = at + words.get(i).text().length();
    }
    places[words.size()] = text.length();
    return places;
  }

  /** The place behind the last blank between two words, where opening quotes and the like begin. */
  private static int beginning(String between) {
    int begin = between.length();
    while (begin > 0 && !Character.isWhitespace(between.charAt(begin - 1))) {
      begin--;
    }
    return begin == 0 ? between.length() : begin;
  }
}
