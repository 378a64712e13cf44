package io.maie.edge.testing;

import io.maie.edge.durable.Disk.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Listens to the calls that change the disk; knows only those of the thread that made it. */
public final class DiskRecorder implements AutoCloseable {
  private final List<Told> calls = new ArrayList<>();
  private final DiskListener listener = new DiskListener(this::hear);

  /**
   * One call.
   *
   * @param target the new name; the same as {@code path} if there is none
   * @param content of the file after it was written to, one character per byte; else empty
   */
  public record Told(Call call, Path path, Path target, String content) {}

  /** Listens from now on. */
  public DiskRecorder() {
    listener.attach();
  }

  public List<Told> calls() {
    return List.copyOf(calls);
  }

  private void hear(Call call, Path path, Path target) {
    calls.add(new Told(call, path, target, content(call, path)));
  }

  @Override
  public void close() {
    listener.close();
  }

  private static String content(Call call, Path path) {
    try {
      return switch (call) {
        case WRITE, OVERWRITE, APPEND -> Files.readString(path, StandardCharsets.ISO_8859_1);
        case MAKE_FOLDER, FLUSH, FLUSH_FOLDER, RENAME, LINK, DELETE -> "";
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
