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
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The part that a header asks for; empty if it asks for none, or for several.
   *
   * @param size of the file in bytes
   * @throws Trouble 416 if the file has no such part
   */
  static Optional<ByteRange> of(String header, long size) throws Trouble {
    Matcher matcher = ONE.matcher(header);
    if (!matcher.matches() || header.equals("bytes=-")) {
      return Optional.empty();
    }
    boolean isSuffix = matcher.group(1).isEmpty();
    long first = isSuffix ? 0 : Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
    if (isSuffix) {
      first = Math.max(0, size - last);
      last = size - 1;
    }
    long end = Math.min(last, size - 1) + 1;
    if (first > last) {
      return Optional.empty();
    }
    if (first >= size) {
      throw Trouble.of(416, "NO_SUCH_RANGE", "The recording has " + size + " bytes", null)
          .withHeader(HttpHeader.CONTENT_RANGE, "bytes */" + size);
    }
    return Optional.of(new ByteRange(first, end - first));
  }

  /** The header of the answer. */
  String describe(long size) {
    return "bytes " + start + '-' + (start + length - 1) + '/' + size;
  }
}
