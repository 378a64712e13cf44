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
          "*.incomplete",
          "*.uploading",
          "*.!ut",
          "*.bc!",
          "*.ytdl",
          "*.part-frag*",
          "*.ffs_tmp",
          // Resilio Sync, DownThemAll, Free Download Manager, Thunder, FlashGet
          "*.!sync",
          "*.bts",
          "*.dtapart",
          "*.fdmdownload",
          "*.xltd",
          "*.jc!",
          // macOS saves beside a file, then renames
          "*.sb-????????-??????",
          "~syncthing~*",
          ".syncthing.*");

  private static final String DATE = "\\d{4}-\\d{2}-\\d{2}";
  private static final String EXTENSIONS = "(\\.[^.]*)*";

  /** The exact forms of synchronisers: a title may speak of conflicts. */
  private static final List<Pattern> CONFLICT =
      List.of(
          // Nextcloud and ownCloud, older clients
          Pattern.compile(".*_conflict-\\d{8}-\\d{6}" + EXTENSIONS),
          // Dropbox, Nextcloud and ownCloud
          Pattern.compile(".*\\((.{1,80} )?conflicted copy " + DATE + "[^()]{0,20}\\).*"),
          Pattern.compile(".*\\(case clash from .{1,80} on " + DATE + "[^()]{0,20}\\).*"),
          Pattern.compile(
              ".* \\((selective sync|unicode encoding|case|white ?space) conflict( \\d+)?\\)"
                  + EXTENSIONS),
          // Syncthing
          Pattern.compile(".*\\.sync-conflict-\\d{8}-\\d{6}-[a-z0-9]{7}" + EXTENSIONS),
          // Seafile
          Pattern.compile(
              ".* \\(sfconflict .{1,80} " + DATE + "-\\d{2}-\\d{2}-\\d{2}\\)" + EXTENSIONS),
          // pCloud
          Pattern.compile(".*\\.conflicted( \\(\\d+\\))?"),
          // FileCloud
          Pattern.compile(
              ".*\\(conflict_.{1,80}_" + DATE + "-\\d{2}-\\d{2}-\\d{2}\\)" + EXTENSIONS),
          // Synology Drive
          Pattern.compile(
              ".*_[^_]{1,80}_[a-z]{3}-\\d{2}-\\d{6}-\\d{4}_(case|unicode)?conflict" + EXTENSIONS));

  private static final List<Glob> SYSTEM =
      globs(
          ".*",
          "*~",
          "~$*",
          "#*#",
          "*.swp",
          "thumbs.db",
          "thumbs.db:*",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "desktop.ini",
          "autorun.inf",
          "desktop db",
          "desktop df",
          "icon\r",
          "aquota.user",
          "aquota.group",
          // properties of other files, as Synology stores them
          "*@synoeastream",
          "*@synoresource");

  /** Explanations beside failed recordings; people may drag them back together with those. */
  private static final List<Glob> EXPLANATIONS = globs("*.error.json", "*.error.txt");

  /**
   * Bins, snapshots and folders that systems and synchronisers keep for themselves. Hidden ones are
   * .zfs and .recycle of TrueNAS, .snapshot of NetApp and Isilon, .ckpt of VNX, .Trashes of macOS,
   * .stversions of Syncthing, .Recycle.Bin of Unraid and others.
   */
  private static final List<Glob> FOLDERS =
      globs(
          ".*",
          // Synology
          "@eadir",
          "@tmp",
          "@sharebin",
          "@sharesnap",
          "@delete",
          "@cloudsync",
          "@syno*",
          "#recycle",
          "#snapshot",
          "#trash",
          // QNAP
          "@recycle",
          "@recently-snapshot",
          "@snapshot",
          "@snapshots",
          "@transcode",
          // NetApp, and previous versions of Windows as Samba shows them
          "~snapshot",
          "@gmt-*",
          // Buffalo, Netgear, Zyxel, and vfs_recycle of Samba as it is set up often
          "trashbox",
          "recycle",
          "recycle bin",
          "recycle.bin",
          "recyclebin",
          "trash",
          // Windows
          "$recycle.bin",
          "$extend",
          "recycler",
          "recycled",
          "system volume information",
          "dfsrprivate",
          "found.???",
          // macOS
          "network trash folder",
          "temporary items",
          "(a document being saved by *)",
          "thevolumesettingsfolder",
          "thefindbycontentfolder",
          "backups.backupdb",
          "*.sparsebundle",
          "__macosx",
          // Linux, Nextcloud, GoodSync, Allway Sync, archives that are being unpacked
          "lost+found",
          "files_trashbin",
          "files_versions",
          "_gsdata_",
          "_syncapp",
          "_unpack_*");

  private final List<Glob> own;

  IgnoreRules(List<String> own) {
    this.own = globs(own.toArray(String[]::new));
  }

  /** The reason for ignoring a file of this name; empty if it is not ignored. */
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

  /** The reason for ignoring a folder of this name; empty if it is not ignored. */
  Optional<Ignored> folder(String anyCase) {
    String name = Glob.lower(anyCase);
    if (matches(FOLDERS, name).isPresent()) {
      return ignored(
          EntryState.IGNORED, "a hidden or system folder, such as a recycle bin or snapshots");
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
