package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes of published results, for a program that the operator wants to hear of them.
 *
 * <p>File contract: a note is a file that is called like the task and holds the path of the JSON,
 * byte for byte and without an end of line. It is there before the history tells of the
 * publication, and goes when the program has ended; a power cut in between has the program run
 * again.
 */
public final class FinishedNotes {
  /** The folder of notes below the state folder. */
  public static final String FOLDER = "finished";

  private static final Logger LOG = LoggerFactory.getLogger(FinishedNotes.class);

  private final @Nullable Path folder;

  private FinishedNotes(@Nullable Path folder) {
    this.folder = folder;
  }

  /** Nobody wants to hear of results. */
  public static FinishedNotes disabled() {
    return new FinishedNotes(null);
  }

  /** Notes in the state folder. */
  public static FinishedNotes in(Path state) {
    return new FinishedNotes(requireNonNull(state, "state is null").resolve(FOLDER));
  }

  /** A note and the result that it is about. */
  public record Note(Path file, Path result) {}

  /** Leaves a note; a failure costs the note, never the publication. */
  void add(Task task, Path result) {
    Path place = folder;
    if (place == null) {
      return;
    }
    try {
      DurableFiles.createDirectories(place);
      DurableFiles.writeAtomically(place.resolve(task.id()), FileNames.rawPath(result));
    } catch (IOException e) {
      LOG.warn("The program for finished results gets no note of '{}': {}", result, e.toString());
    }
  }

  /** The notes that are there, oldest first. */
  public List<Note> list() throws IOException {
    List<Note> notes = new ArrayList<>();
    Path place = folder;
    if (place == null || !Files.isDirectory(place)) {
      return notes;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(place)) {
      for (Path entry : entries) {
        if (TaskIds.isId(String.valueOf(entry.getFileName()))
            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          notes.add(new Note(entry, result(Files.readAllBytes(entry))));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    notes.sort(Comparator.comparing(Note::file));
    return notes;
  }

  private static Path result(byte[] absolute) {
    return FileNames.resolve(Path.of("/"), Arrays.copyOfRange(absolute, 1, absolute.length));
  }

  /** Removes a note. */
  public void remove(Note note) throws IOException {
    Disk.delete(note.file());
  }
}
