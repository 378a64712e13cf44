package io.maie.edge.spool;

import io.maie.edge.durable.FileNames;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** The names under which parameters lie in the inbox. */
public final class Sidecars {
  /** Suffix of a sidecar after the full name of its recording. */
  public static final String SUFFIX = ".job.json";

  /** The parameters of a folder. */
  public static final String FOLDER_PROFILE = "_folder.yaml";

  private Sidecars() {}

  /** Returns whether a file name is that of a sidecar. */
  public static boolean isSidecar(Path path) {
    return nameOf(path).toLowerCase(Locale.ROOT).endsWith(SUFFIX)
        && nameOf(path).length() > SUFFIX.length();
  }

  /** Returns whether a file name is that of a folder profile. */
  public static boolean isFolderProfile(Path path) {
    return nameOf(path).equals(FOLDER_PROFILE);
  }

  /** The recording's name byte by byte, since it need not be text. */
  static String keyOfSidecar(Path sidecar) {
    String key = keyOfRecording(sidecar);
    return key.substring(0, key.length() - SUFFIX.length());
  }

  static String keyOfRecording(Path recording) {
    return new String(FileNames.rawBytes(recording), StandardCharsets.ISO_8859_1);
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
