package io.maie.edge.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A series of measurements in one unit. */
final class Figures {
  private final String name;
  private final String unit;
  private final List<Double> values = new ArrayList<>();

  Figures(String name, String unit) {
    this.name = name;
    this.unit = unit;
  }

  void add(double value) {
    values.add(value);
  }

  /** The last values as a series of their own. */
  Figures last(int count, String nameOfThem) {
    Figures last = new Figures(nameOfThem, unit);
    values.subList(Math.max(0, values.size() - count), values.size()).forEach(last::add);
    return last;
  }

  double median() {
    return quantile(0.5);
  }

  double quantile(double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
  }

  /** One line: count, minimum, median, 90th percentile, maximum. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-34s n=%-4d min %8.2f  median %8.2f  p90 %8.2f  max %8.2f %s",
        name,
        values.size(),
        quantile(0),
        median(),
        quantile(0.9),
        quantile(1),
        unit);
  }
}
