package io.maie.edge.spool;

import io.maie.edge.durable.HeldFolder;
import io.maie.edge.durable.StorageFailure;
import io.maie.edge.spool.IgnoreRules.Ignored;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lists the inbox with one {@code lstat} per entry. Opens nothing but new folder profiles and files
 * that look like companions, and follows nothing. One listing is used once.
 */
final class FolderListing {
  /** Names of the file that asks for a pause; a text file made on Windows gets the second one. */
  private static final Set<String> PAUSE = Set.of("pause", "pause.txt");

  /** The program's own files, which nobody put there. */
  private static final Set<String> OWN = Set.of(FolderIdentity.INBOX_MARKER, ".gitkeep");

  private final InboxOptions options;
  private final IgnoreRules rules;
  private final CompanionCache companions;
  private final List<Recording> recordings = new ArrayList<>();
  private final List<Other> others = new ArrayList<>();
  private final Deque<Folder> pending = new ArrayDeque<>();
  private int kept;
  private boolean truncated;

  FolderListing(InboxOptions options, IgnoreRules rules, CompanionCache companions) {
    this.options = options;
    this.rules = rules;
    this.companions = companions;
  }

  /**
   * A regular file that may be a recording.
   *
   * @param sidecar its sidecar, if there is one
   * @param profile the nearest folder profile, if there is one
   */
  record Recording(Located file, Optional<Located> sidecar, Optional<Located> profile) {}

  /** A file and its state. */
  record Located(Path path, FileFacts facts) {

    Other as(EntryState state, String reason) {
      return new Other(path, state, reason, facts.signature().bytes());
    }
  }

  /** Anything that is not a recording. */
  record Other(Path path, EntryState state, String reason, long bytes) {}

  private record Folder(Path path, int depth, Optional<Located> profile) {}

  /**
   * Lists.
   *
   * @throws IOException if the inbox itself cannot be listed
   */
  FolderListing list() throws IOException {
    read(new Folder(options.folder(), 0, Optional.empty()));
    while (!pending.isEmpty()) {
      Folder folder = pending.remove();
      try {
        read(folder);
      } catch (NoSuchFileException e) {
        // removed since its parent was listed
      } catch (IOException e) {
        add(blocked(folder.path(), "the folder cannot be listed: " + explained(e, folder.path())));
      }
    }
    return this;
  }

  List<Recording> recordings() {
    return recordings;
  }

  List<Other> others() {
    return others;
  }

  boolean truncated() {
    return truncated;
  }

  private void read(Folder folder) throws IOException {
    List<Located> candidates = new ArrayList<>();
    Map<String, Located> sidecars = new HashMap<>();
    Optional<Located> profile = folder.profile();
    List<Path> children = new ArrayList<>();
    try (HeldFolder held = HeldFolder.below(options.folder(), folder.path());
        DirectoryStream<Path> entries = Files.newDirectoryStream(held.path())) {
      profile = ownProfile(folder, held.path()).or(folder::profile);
      CompanionRule rule = companions.rule(profile);
      for (Path entryInHeld : entries) {
        Path path = folder.path().resolve(entryInHeld.getFileName());
        Optional<FileFacts> found = look(path, entryInHeld);
        if (found.isEmpty() || !isForUs(path, found.get())) {
          continue;
        }
        Located entry = new Located(path, found.get());
        if ((found.get().isFile() && isLeftAsCompanion(entry, rule)) || !isCounted()) {
          continue;
        }
        if (!found.get().isFile()) {
          children.add(path);
        } else if (Sidecars.isFolderProfile(path)) {
          add(entry.as(EntryState.FOLDER_PROFILE, "parameters for the recordings of this folder"));
        } else if (Sidecars.isSidecar(path)) {
          sidecars.put(Sidecars.keyOfSidecar(path), entry);
        } else {
          candidates.add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    for (Located file : candidates) {
      recordings.add(new Recording(file, take(sidecars, file.path()), profile));
    }
    sidecars.values().forEach(this::addOrphan);
    for (Path child : children) {
      addFolder(new Folder(child, folder.depth() + 1, profile));
    }
  }

  private Optional<Located> take(Map<String, Located> sidecars, Path recording) {
    if (sidecars.isEmpty()) {
      return Optional.empty();
    }
    Optional<Located> sidecar =
        Optional.ofNullable(sidecars.remove(Sidecars.keyOfRecording(recording)));
    sidecar.ifPresent(
        file ->
            add(
                file.as(
                    EntryState.SIDECAR, "parameters of the recording beside it; goes with it")));
    return sidecar;
  }

  private void addOrphan(Located sidecar) {
    String name = String.valueOf(sidecar.path().getFileName());
    String recording = name.substring(0, name.length() - Sidecars.SUFFIX.length());
    add(
        sidecar.as(
            EntryState.SIDECAR,
            "parameters of '"
                + recording
                + "', which is not here; put it beside this file, or delete"));
  }

  /** Looks at {@code path} through a held folder. */
  private Optional<FileFacts> look(Path path, Path held) {
    try {
      return Optional.of(FileFacts.of(held));
    } catch (NoSuchFileException e) {
      // renamed or removed since the folder was read: the next scan sees what it is now
      return Optional.empty();
    } catch (IOException e) {
      add(blocked(path, "cannot be looked at: " + sentence(e)));
      return Optional.empty();
    }
  }

  /** Returns whether this is a folder to look into or a file to look at; says why not otherwise. */
  private boolean isForUs(Path path, FileFacts facts) {
    String name = String.valueOf(path.getFileName());
    if (OWN.contains(name)) {
      return false;
    }
    if (facts.isFile() && PAUSE.contains(Glob.lower(name)) && isAtTop(path)) {
      String reason = "nothing is taken as long as this file lies here; delete it to continue";
      add(new Other(path, EntryState.PAUSE, reason, facts.signature().bytes()));
      return false;
    }
    boolean isFolder = facts.kind() == FileFacts.Kind.FOLDER;
    Optional<Ignored> ignored = isFolder ? rules.folder(name) : rules.file(name);
    if (ignored.isPresent()) {
      long bytes = facts.isFile() ? facts.signature().bytes() : 0;
      add(new Other(path, ignored.get().state(), ignored.get().reason(), bytes));
      return false;
    }
    if (!isFolder && !facts.isFile()) {
      String reason = facts.kind().words() + " is never opened or followed; copy the file itself";
      add(new Other(path, EntryState.NOT_A_REGULAR_FILE, reason, 0));
      return false;
    }
    return true;
  }

  private boolean isLeftAsCompanion(Located file, CompanionRule rule) {
    String then =
        switch (rule) {
          case LEAVE -> "stays here";
          case ARCHIVE_WITH -> "stays here until its recording is archived, and follows it";
          case FAIL -> "";
        };
    if (then.isEmpty() || !companions.isCompanion(file)) {
      return false;
    }
    add(
        file.as(
            EntryState.IGNORED,
            "no sound by name and content, but a companion of recordings; " + then));
    return true;
  }

  private boolean isCounted() {
    if (kept >= options.mostEntries()) {
      truncated = true;
      return false;
    }
    kept++;
    return true;
  }

  /** The folder profile that lies in this folder itself. */
  private static Optional<Located> ownProfile(Folder folder, Path held) {
    Path path = folder.path().resolve(Sidecars.FOLDER_PROFILE);
    try {
      FileFacts facts = FileFacts.of(held.resolve(Sidecars.FOLDER_PROFILE));
      return facts.isFile() ? Optional.of(new Located(path, facts)) : Optional.empty();
    } catch (IOException e) {
      // there is none, as a rule
      return Optional.empty();
    }
  }

  private boolean isAtTop(Path path) {
    return options.folder().equals(path.getParent());
  }

  /**
   * Bounds the listed entries that are not for us: they crowd out no recording and do not fill the
   * memory.
   */
  private void add(Other other) {
    if (others.size() < options.mostEntries()) {
      others.add(other);
    } else {
      truncated = true;
    }
  }

  private void addFolder(Folder folder) {
    if (folder.depth() <= options.depth()) {
      pending.add(folder);
      return;
    }
    String reason =
        "sub-folders are scanned to a depth of " + options.depth() + "; move its content up";
    add(new Other(folder.path(), EntryState.TOO_DEEP, reason, 0));
  }

  private static String sentence(IOException failure) {
    return StorageFailure.of(failure).sentence();
  }

  private static String explained(IOException failure, Path folder) {
    return StorageFailure.of(failure) == StorageFailure.PERMISSION
        ? sentence(failure) + "; run: " + AccessAdvice.forFolder(folder)
        : sentence(failure);
  }

  private static Other blocked(Path path, String reason) {
    return new Other(path, EntryState.PERMISSION_DENIED, reason, 0);
  }
}
