package io.maie.edge.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;

/**
 * A part of a file (RFC 9110, section 14).
 *
 * @param start its first byte
 * @param length in bytes
 */
record ByteRange(long start, long length) {
  /** More digits than a file has. */
  private static final int MOST_DIGITS = 18;

  private static final Pattern ONE = Pattern.compile("(?i)bytes=(\\d*)-(\\d*)");

  /**
   * The part that a header asks for; empty if it asks for none, or for several.
   *
   * @param size of the file in bytes
   * @throws ProblemException 416 if the file has no such part
   */
  static Optional<ByteRange> of(String header, long size) throws ProblemException {
    Matcher matcher = ONE.matcher(header);
    if (!matcher.matches() || header.endsWith("=-")) {
      return Optional.empty();
    }
    boolean isSuffix = matcher.group(1).isEmpty();
    long last = number(matcher.group(2));
    long first = isSuffix ? Math.max(0, size - last) : number(matcher.group(1));
    if (!isSuffix && first > last) {
      return Optional.empty();
    }
    long end = isSuffix ? size : Math.min(last, size - 1) + 1;
    if (first >= size) {
      throw ProblemException.of(
              416,
              "NO_SUCH_RANGE",
              "The recording has " + size + " bytes",
              "Ask for a part of these.")
          .withHeader(HttpHeader.CONTENT_RANGE, "bytes */" + size);
    }
    return Optional.of(new ByteRange(first, end - first));
  }

  private static long number(String digits) {
    return digits.isEmpty() || digits.length() > MOST_DIGITS
        ? Long.MAX_VALUE
        : Long.parseLong(digits);
  }

  /** The header of the answer. */
  String describe(long size) {
    return "bytes " + start + '-' + (start + length - 1) + '/' + size;
  }
}
