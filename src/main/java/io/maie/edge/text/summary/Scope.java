package io.maie.edge.text.summary;

/**
 * The part of a talk that an object of a summary is about, as shares of its sentences.
 *
 * @param from 0 to 1
 * @param to 0 to 1
 */
record Scope(double from, double to) {
  static final Scope WHOLE = new Scope(0, 1);

  /** The part that a field such as "opening" means; {@code outer} if it means none. */
  static Scope of(String field, Scope outer) {
    String name = Slot.plain(field);
    if (name.matches(".*(?:opening|introduction|mở đầu).*")) {
      return new Scope(0, 0.2);
    }
    if (name.matches(".*(?:report|báo cáo).*")) {
      return new Scope(0.1, 0.55);
    }
    if (name.matches(".*(?:discussion|thảo luận).*")) {
      return new Scope(0.4, 0.85);
    }
    return name.matches(".*(?:conclusion|closing|kết luận).*") ? new Scope(0.75, 1) : outer;
  }

  boolean holds(int index, int size) {
    return index >= Math.floor(from * size) && index < Math.ceil(to * size);
  }
}
