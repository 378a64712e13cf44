package io.maie.edge.spool;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.Publication;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents that appear together, in order, under names that belong together. One that is already
 * there with the same content counts as ours, so that a publication which a crash cut off is
 * completed by doing it again.
 */
final class NamedDocuments {
  private final List<Path> files;
  private final List<Path> targets;

  /** Documents that this object has made visible. */
  private final List<Path> published = new ArrayList<>();

  NamedDocuments(List<Path> files, List<Path> targets) {
    this.files = files;
    this.targets = targets;
  }

  /** Returns whether every name is free or already ours. */
  boolean areNamesFree() throws IOException {
    for (int i = 0; i < files.size(); i++) {
      if (!isFree(targets.get(i)) && !isOurs(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Publishes in order.
   *
   * @return false if somebody took a name in between; what this call had made visible is gone again
   */
  boolean publish() throws IOException {
    for (int i = 0; i < files.size(); i++) {
      Path target = targets.get(i);
      if (isOurs(i)) {
        continue;
      }
      if (!publish(files.get(i), target)) {
        withdraw();
        return false;
      }
      published.add(target);
    }
    return true;
  }

  /** Removes what this object has made visible, since its names turned out not to be free. */
  void withdraw() throws IOException {
    for (Path target : published) {
      Files.deleteIfExists(target);
    }
    published.clear();
  }

  private static boolean publish(Path file, Path target) throws IOException {
    try {
      return Publication.shareIfFree(file, target);
    } catch (AtomicMoveNotSupportedException e) {
      return publishCopy(file, target);
    }
  }

  private static boolean publishCopy(Path file, Path target) throws IOException {
    byte[] content = Files.readAllBytes(file);
    Path temporary = DurableFiles.temporaryFor(file, target.resolveSibling(""));
    // left by a publication that a crash cut off
    Files.deleteIfExists(temporary);
    try {
      DurableFiles.write(temporary, content);
      return Publication.publishIfFree(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Shared with the finished file, or a copy of it. */
  private boolean isOurs(int index) throws IOException {
    Path target = targets.get(index);
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.size(target) == Files.size(files.get(index))
        && Files.mismatch(files.get(index), target) < 0;
  }

  private static boolean isFree(Path target) {
    return !Files.exists(target, LinkOption.NOFOLLOW_LINKS);
  }
}
