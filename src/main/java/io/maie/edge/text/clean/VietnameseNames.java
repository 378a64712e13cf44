package io.maie.edge.text.clean;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells names of Vietnamese people and streets from the ordinary words that they consist of. */
final class VietnameseNames {
  private static final Set<String> FAMILIES =
      Set.of(
          "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ",
          "hồ", "ngô", "dương", "lý", "đinh", "trịnh", "mai", "đoàn");

  /** Behind a family name, these make sure that a person is named. */
  private static final Set<String> MIDDLES = Set.of("thị", "văn", "hữu", "đình");

  /** Behind these, a family name begins the name of a street. */
  private static final Set<String> STREETS = Set.of("đường", "phố");

  /** Family names that are hardly anything else. */
  private static final Set<String> SURE_FAMILIES =
      Set.of("nguyễn", "trần", "lê", "phạm", "huỳnh", "phan", "đặng", "bùi", "trịnh", "ngô");

  /** Names that are the first half of ordinary words, by the second halves. */
  private static final Map<String, Set<String>> ORDINARY =
      Map.ofEntries(
          Map.entry("an", Set.of("toàn", "ninh", "tâm", "ủi", "cư")),
          Map.entry("bình", Set.of("thường", "luận", "quân", "đẳng", "tĩnh")),
          Map.entry("hải", Set.of("quan", "sản", "quân")),
          Map.entry("hạnh", Set.of("phúc", "kiểm")),
          Map.entry("hòa", Set.of("bình", "giải", "hợp", "thuận")),
          Map.entry("hương", Set.of("vị", "thơm")),
          Map.entry("minh", Set.of("bạch", "chứng", "họa")),
          Map.entry("nam", Set.of("giới", "nữ", "sinh")),
          Map.entry("ngân", Set.of("hàng", "sách")),
          Map.entry("phương", Set.of("pháp", "án", "tiện", "hướng")),
          Map.entry("tâm", Set.of("sự", "lý", "trạng", "huyết")),
          Map.entry("thành", Set.of("công", "phố", "viên", "lập", "tích", "phần", "thật", "ra")),
          Map.entry("thảo", Set.of("luận", "nào")),
          Map.entry("thu", Set.of("nhập", "nhỏ", "hút", "thập", "âm")),
          Map.entry("yến", Set.of("tiệc")));

  private VietnameseNames() {}

  /**
   * Counts the words from {@code at} on that are a person's or a street's full name; 0 if none are.
   *
   * @param words in lower case, without marks
   */
  static int lengthAt(List<String> words, int at) {
    if (!FAMILIES.contains(words.get(at)) || at + 1 >= words.size()) {
      return 0;
    }
    if (MIDDLES.contains(words.get(at + 1))) {
      return at + 2 < words.size() ? 3 : 0;
    }
    boolean isStreet = at > 0 && STREETS.contains(words.get(at - 1));
    return isStreet && SURE_FAMILIES.contains(words.get(at)) ? 2 : 0;
  }

  /** Returns whether {@code word} and {@code next} are together a word that is no name. */
  static boolean isOrdinary(String word, String next) {
    return ORDINARY.getOrDefault(word, Set.of()).contains(next);
  }
}
