package io.maie.edge.modelfile.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a hub's listing of a repository without trust: a name that leads out of the model's folder,
 * a name that comes twice or a size that cannot be is an error, whichever file has it.
 */
final class ListingReader {
  /** No honest repository comes near these. */
  private static final int MOST_FILES = 20_000;

  private static final int LONGEST_PATH = 1_000;
  private static final int LONGEST_NAME = 255;
  private static final long MOST_BYTES = 1_000_000_000_000L;

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"?next\"?");
  private static final Pattern LICENSE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+ -]{0,39}");
  private static final String LICENSE_TAG = "license:";

  private final String repository;
  private final SortedMap<String, HubFile> files = new TreeMap<>();

  ListingReader(String repository) {
    this.repository = repository;
  }

  /** The commit that the wanted revision is. */
  String commit(JsonNode revision) throws HubException {
    String commit = revision.path("sha").asText();
    if (!COMMIT.matcher(commit).matches()) {
      throw HubException.hostile(
          "Expected the commit of '%s', found '%s'".formatted(repository, commit));
    }
    return commit;
  }

  /** The licence that the repository declares; empty if it declares none. */
  static String license(JsonNode revision) {
    List<String> declared = new ArrayList<>();
    declared.add(revision.path("cardData").path("license").asText());
    for (JsonNode tag : revision.path("tags")) {
      if (tag.asText().startsWith(LICENSE_TAG)) {
        declared.add(tag.asText().substring(LICENSE_TAG.length()));
      }
    }
    return declared.stream().filter(text -> LICENSE.matcher(text).matches()).findFirst().orElse("");
  }

  /** The address of the next page that a {@code Link} header names. */
  static Optional<String> nextPage(String link) {
    Matcher next = NEXT.matcher(link);
    return next.find() ? Optional.of(next.group(1)) : Optional.empty();
  }

  /** Adds the files of one page. */
  void add(JsonNode page) throws HubException {
    if (!page.isArray()) {
      throw HubException.hostile("Expected a list of the files of '%s'".formatted(repository));
    }
    for (JsonNode entry : page) {
      if (entry.path("type").asText().equals("file")) {
        add(file(entry));
      }
    }
  }

  private void add(HubFile file) throws HubException {
    if (files.put(file.path(), file) != null) {
      throw HubException.hostile("'%s' lists '%s' twice".formatted(repository, file.path()));
    }
    if (files.size() > MOST_FILES) {
      throw HubException.hostile(
          "Expected at most %d files in '%s', found more".formatted(MOST_FILES, repository));
    }
  }

  private HubFile file(JsonNode entry) throws HubException {
    String path = entry.path("path").asText();
    requireInside(path);
    boolean isLarge = entry.path("lfs").isObject();
    long bytes = bytes(path, isLarge ? entry.path("lfs").path("size") : entry.path("size"));
    String digest = isLarge ? entry.path("lfs").path("oid").asText() : entry.path("oid").asText();
    try {
      return new HubFile(
          path,
          bytes,
          new DeclaredChecksum(
              isLarge ? DeclaredChecksum.Kind.SHA256 : DeclaredChecksum.Kind.GIT_BLOB,
              digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest));
    } catch (IllegalArgumentException e) {
      throw HubException.hostile(
          "Expected a checksum of '%s' in '%s', found '%s'".formatted(path, repository, digest));
    }
  }

  private void requireInside(String path) throws HubException {
    boolean isOdd =
        path.isEmpty()
            || path.length() > LONGEST_PATH
            || path.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))
            || Stream.of(path.split("/", -1)).anyMatch(ListingReader::isOddName);
    if (isOdd) {
      throw HubException.hostile(
          "Expected names inside the model's folder, found '%s' in '%s'"
              .formatted(
                  path.length() > LONGEST_PATH ? path.substring(0, 80) + "…" : path, repository));
    }
  }

  private static boolean isOddName(String name) {
    return name.isEmpty()
        || name.equals(".")
        || name.equals("..")
        || name.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_NAME;
  }

  private long bytes(String path, JsonNode size) throws HubException {
    boolean isSize = size.isIntegralNumber() && size.canConvertToLong();
    if (!isSize || size.longValue() < 0 || size.longValue() > MOST_BYTES) {
      throw HubException.hostile(
          "Expected a size of '%s' in '%s', found %s".formatted(path, repository, size));
    }
    return size.longValue();
  }

  SortedMap<String, HubFile> files() {
    return files;
  }
}
