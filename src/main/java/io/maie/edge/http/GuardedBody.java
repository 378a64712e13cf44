package io.maie.edge.http;

import java.io.IOException;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A body that ends with a {@link ProblemException} when it grows too large, or the disk too full.
 */
final class GuardedBody implements Content.Source {
  /** Bytes of the body between two looks at the disk. */
  static final long STEP = 1_000_000;

  private final Content.Source body;
  private final long most;
  private final Guard disk;
  private long bytes;
  private long nextLook = STEP;
  private Content.@Nullable Chunk failure;

  /** Looks at the disk. */
  @FunctionalInterface
  interface Guard {
    /** Fails with 507 if less is free than must be. */
    void check() throws ProblemException, IOException;
  }

  GuardedBody(Content.Source body, long most, Guard disk) {
    this.body = body;
    this.most = most;
    this.disk = disk;
  }

  @Override
  public Content.@Nullable Chunk read() {
    if (failure != null) {
      return failure;
    }
    Content.Chunk chunk = body.read();
    if (chunk == null || Content.Chunk.isFailure(chunk)) {
      return chunk;
    }
    bytes += chunk.remaining();
    try {
      if (bytes > most) {
        throw tooLarge(most);
      }
      if (bytes >= nextLook) {
        nextLook = bytes + STEP;
        disk.check();
      }
      return chunk;
    } catch (ProblemException | IOException e) {
      chunk.release();
      failure = Content.Chunk.from(e, true);
      return failure;
    }
  }

  static ProblemException tooLarge(long most) {
    return ProblemException.of(
        413,
        "FILE_TOO_LARGE",
        "The request is larger than " + most + " bytes",
        "Compress the recording; the operator can raise http.max_upload.");
  }

  @Override
  public void demand(Runnable demandCallback) {
    if (failure == null) {
      body.demand(demandCallback);
    } else {
      demandCallback.run();
    }
  }

  /** The body itself does not fail, so that {@link UnreadBody} can take the rest of it. */
  @Override
  public void fail(Throwable reason) {
    if (failure == null) {
      failure = Content.Chunk.from(reason, true);
    }
  }

  @Override
  public long getLength() {
    return body.getLength();
  }
}
