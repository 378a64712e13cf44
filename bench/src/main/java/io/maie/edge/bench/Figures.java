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

  int count() {
    return values.size();
  }

  /** Some of the values, in the order in which they came, as a series of their own. */
  Figures part(int from, int count, String nameOfThem) {
    Figures part = new Figures(nameOfThem, unit);
    int begin = Math.max(0, Math.min(from, values.size()));
    values.subList(begin, Math.min(values.size(), begin + count)).forEach(part::add);
    return part;
  }

  double median() {
    return quantile(0.5);
  }

  /** Not a number while there are no values. */
  double quantile(double share) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
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
