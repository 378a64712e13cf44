package io.maie.edge.result;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The filter that removes invented text, described precisely enough to repeat its work.
 *
 * @param patterns {@code sha256:} and 64 hexadecimal digits of each pattern file, by its name
 * @param params the settings, JSON values
 */
public record FilterIdentity(SortedMap<String, String> patterns, Map<String, Object> params) {

  public FilterIdentity {
    patterns = Collections.unmodifiableSortedMap(new TreeMap<>(patterns));
    params = Map.copyOf(params);
  }
}
