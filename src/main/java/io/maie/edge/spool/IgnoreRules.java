package io.maie.edge.spool;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names in the inbox that are not recordings, whatever they hold. The operator can add patterns and
 * cannot remove the built-in ones. Collected from the temporary names of rsync, WinSCP, browsers,
 * download programs, Syncthing and Nextcloud, and from what operating systems leave in shared
 * folders.
 */
final class IgnoreRules {
  private static final List<Glob> PARTIAL =
      globs(
          "*.tmp",
          "*.temp",
          "*.part",
          "*.partial",
          "*.filepart",
          "*.crdownload",
          "*.download",
          "*.opdownload",
          "*.!qb",
          "*.aria2",
          "*.writing",
          "*.camellock",
          "*.processing",
          "*.lock",
          "~syncthing~*",
          ".syncthing.*");

  /** The exact forms of Nextcloud and ownCloud, of Dropbox and newer clients, of Syncthing. */
  private static final List<Pattern> CONFLICT =
      List.of(
          Pattern.compile(".*_conflict-\\d{8}-\\d{6}(\\.[^.]*)*"),
          Pattern.compile(".*\\((.{1,80} )?conflicted copy \\d{4}-\\d{2}-\\d{2}[^()]{0,20}\\).*"),
          Pattern.compile(".*\\.sync-conflict-\\d{8}-\\d{6}-[a-z0-9]{7}(\\.[^.]*)*"));

  private static final List<Glob> SYSTEM =
      globs(".*", "*~", "~$*", "#*#", "*.swp", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r");

  /** Beside recordings in the folder for failed ones, from where people drag back all they see. */
  private static final List<Glob> EXPLANATIONS = globs("*.error.json", "*.error.txt");

  private static final List<Glob> FOLDERS =
      globs(
          ".*",
          "@eadir",
          "#recycle",
          "#snapshot",
          "#trash",
          "@recycle",
          "@recently-snapshot",
          "@sharebin",
          "@sharesnap",
          "@tmp",
          "@gmt-*",
          "~snapshot",
          "recycler",
          "recycled",
          "trashbox",
          "network trash folder",
          "temporary items",
          "$recycle.bin",
          "system volume information",
          "lost+found",
          "__macosx",
          "_unpack_*");

  private final List<Glob> own;

  IgnoreRules(List<String> own) {
    this.own = globs(own.toArray(String[]::new));
  }

  /** Why a file of this name is not looked at; empty if it is. */
  Optional<Ignored> file(String anyCase) {
    String name = Glob.lower(anyCase);
    if (matches(PARTIAL, name).isPresent()) {
      return ignored(
          EntryState.PARTIAL,
          "a temporary name; its program renames the file when it is complete, and if that program"
              + " was interrupted the file can be deleted");
    }
    if (CONFLICT.stream().anyMatch(pattern -> pattern.matcher(name).matches())) {
      return ignored(
          EntryState.IGNORED,
          "a conflict copy made by a synchronisation program; rename it to have it processed");
    }
    if (matches(EXPLANATIONS, name).isPresent()) {
      return ignored(
          EntryState.IGNORED,
          "the explanation of a failure; it goes when its recording is taken again");
    }
    if (matches(SYSTEM, name).isPresent()) {
      return ignored(EntryState.IGNORED, "a hidden or system file");
    }
    return own(name);
  }

  /** Why a folder of this name is not looked into; empty if it is. */
  Optional<Ignored> folder(String anyCase) {
    String name = Glob.lower(anyCase);
    if (matches(FOLDERS, name).isPresent()) {
      return ignored(EntryState.IGNORED, "a hidden or system folder");
    }
    return own(name);
  }

  private Optional<Ignored> own(String name) {
    return matches(own, name)
        .flatMap(
            glob ->
                ignored(EntryState.IGNORED, "matches '" + glob + "' of the setting inbox.ignore"));
  }

  private static Optional<Ignored> ignored(EntryState state, String reason) {
    return Optional.of(new Ignored(state, reason));
  }

  private static Optional<Glob> matches(List<Glob> globs, String name) {
    for (Glob glob : globs) {
      if (glob.matches(name)) {
        return Optional.of(glob);
      }
    }
    return Optional.empty();
  }

  private static List<Glob> globs(String... patterns) {
    return List.of(patterns).stream().map(Glob::new).toList();
  }

  /** The state and the reason of a name that is not looked at. */
  record Ignored(EntryState state, String reason) {}
}
