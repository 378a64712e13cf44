package io.maie.edge.text.summary;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Subject of a summary's field, told by its name, in English or Vietnamese. Constants are declared
 * in the order in which they are tried.
 */
enum Slot {
  TAGS("tag", "keyword", "thẻ", "từ khóa", "từ khoá"),
  ORIGINAL("văn bản gốc", "original text", "raw text"),
  IMPROVED("văn bản cải thiện", "clean text", "improved text", "enhanced text"),
  QUALITY("điểm chất lượng", "quality"),
  LANGUAGE("ngôn ngữ", "language"),
  TITLE("title", "heading", "tiêu đề", "headline"),
  OUTCOME("outcome"),
  QUESTIONS("question", "câu hỏi"),
  ACTIONS(
      "action",
      "task",
      "to do",
      "todo",
      "next step",
      "follow up",
      "công việc",
      "giao việc",
      "việc cần"),
  DECISIONS("decision", "agreement", "resolution", "quyết định", "thỏa thuận", "thoả thuận"),
  OPINIONS("opinion", "ý kiến"),
  NUMBERS("figure", "number", "amount", "price", "data", "dữ liệu", "số liệu", "con số"),
  DATE("date", "deadline", "ngày", "thời gian"),
  PARTICIPANTS("participant", "attendee", "người tham gia", "present"),
  PEOPLE("people", "name", "tên", "person"),
  CONTEXT("bối cảnh", "background"),
  SECTIONS("section", "chapter"),
  TERMS("term", "definition", "thuật ngữ"),
  EXAMPLES("example", "ví dụ"),
  SUMMARY("summary", "tóm tắt", "overview", "abstract", "gist", "synopsis"),
  TOPICS("topic", "agenda", "theme", "chủ đề", "nghị sự"),
  POINTS(
      "point",
      "insight",
      "finding",
      "highlight",
      "remember",
      "note",
      "key",
      "nhận định",
      "điểm chính",
      "nội dung"),
  REASON("reason", "purpose", "lý do", "mục đích"),
  UNKNOWN;

  /** Any of the words; none for a slot without words. */
  private final Pattern words;

  Slot(String... words) {
    this.words = Pattern.compile(words.length == 0 ? "(?!)" : String.join("|", words));
  }

  /** The slot that the name of a field asks for. */
  static Slot of(String field) {
    String name = plain(field);
    for (Slot slot : values()) {
      if (slot.words.matcher(name).find()) {
        return slot;
      }
    }
    return UNKNOWN;
  }

  /** The name of a field in words: lower case, no underscores, camel case taken apart. */
  static String plain(String field) {
    return Normalizer.normalize(field, Normalizer.Form.NFC)
        .replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ")
        .replace('_', ' ')
        .replace('-', ' ')
        .toLowerCase(Locale.ROOT);
  }
}
