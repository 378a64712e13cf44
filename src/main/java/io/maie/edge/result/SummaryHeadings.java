package io.maie.edge.result;

import java.util.Locale;
import java.util.Map;

/** Headings for the fields of summaries, in the language of the report. */
final class SummaryHeadings {
  private static final Map<String, String> ENGLISH =
      Map.ofEntries(
          Map.entry("tóm_tắt", "Summary"),
          Map.entry("chủ_đề_chính", "Topics"),
          Map.entry("chủ_đề", "Topics"),
          Map.entry("thẻ", "Tags"),
          Map.entry("ngày_phỏng_vấn", "Date of the interview"),
          Map.entry("tóm_tắt_phỏng_vấn", "Summary of the interview"),
          Map.entry("nhận_định_chính", "Findings"),
          Map.entry("cảm_xúc_người_tham_gia", "Mood"),
          Map.entry("văn_bản_gốc", "Original text"),
          Map.entry("văn_bản_cải_thiện", "Improved text"),
          Map.entry("điểm_chất_lượng", "Quality"),
          Map.entry("ngôn_ngữ", "Language"),
          Map.entry("mở_đầu", "Opening"),
          Map.entry("người_tham_gia", "Participants"),
          Map.entry("bối_cảnh", "Background"),
          Map.entry("báo_cáo", "Report"),
          Map.entry("điểm_chính", "Main points"),
          Map.entry("dữ_liệu_đề_cập", "Figures"),
          Map.entry("thảo_luận", "Discussion"),
          Map.entry("ý_kiến", "Opinions"),
          Map.entry("người_nói", "Speaker"),
          Map.entry("nội_dung", "Content"),
          Map.entry("kết_luận", "Conclusion"),
          Map.entry("quyết_định", "Decisions"),
          Map.entry("thỏa_thuận", "Agreements"),
          Map.entry("giao_việc", "Assignments"),
          Map.entry("công_việc", "Tasks"),
          Map.entry("mô_tả", "Description"),
          Map.entry("người_được_giao", "Assigned to"),
          Map.entry("hạn_hoàn_thành", "Due"),
          Map.entry("mức_độ_ưu_tiên", "Priority"),
          Map.entry("ngày_họp", "Date of the meeting"),
          Map.entry("chương_trình_nghị_sự", "Agenda"),
          Map.entry("công_việc_cần_làm", "Action items"));

  private static final Map<String, String> VIETNAMESE =
      Map.ofEntries(
          Map.entry("summary", "Tóm tắt"),
          Map.entry("key_topics", "Chủ đề chính"),
          Map.entry("topic", "Chủ đề"),
          Map.entry("tags", "Thẻ"),
          Map.entry("sections", "Các phần"),
          Map.entry("points", "Điểm chính"),
          Map.entry("terms", "Thuật ngữ"),
          Map.entry("explanation", "Giải thích"),
          Map.entry("examples", "Ví dụ"),
          Map.entry("questions", "Câu hỏi"),
          Map.entry("open_questions", "Câu hỏi còn để ngỏ"),
          Map.entry("caller", "Người gọi"),
          Map.entry("callee", "Người nghe"),
          Map.entry("reason", "Lý do"),
          Map.entry("agreements", "Thỏa thuận"),
          Map.entry("next_steps", "Bước tiếp theo"),
          Map.entry("figures", "Số liệu"),
          Map.entry("outcome", "Kết quả"),
          Map.entry("to_do", "Việc cần làm"),
          Map.entry("to_remember", "Cần ghi nhớ"),
          Map.entry("people", "Người liên quan"),
          Map.entry("person", "Người thực hiện"),
          Map.entry("due", "Hạn"));

  private final Map<String, String> known;

  private SummaryHeadings(Map<String, String> known) {
    this.known = known;
  }

  /**
   * Headings for readers of a language.
   *
   * @param language its code; Vietnamese, or else English
   */
  static SummaryHeadings in(String language) {
    return new SummaryHeadings(language.equals("vi") ? VIETNAMESE : ENGLISH);
  }

  /** The heading of a field of the shipped templates; that of any other is its name in words. */
  String of(String field) {
    String words = known.getOrDefault(field, field.replace('_', ' ').strip());
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
