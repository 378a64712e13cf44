package io.maie.edge.asr.moonshine;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.TaskStoppedException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes the next window on a second processor while the one before is decoded. The result does
 * not depend on when it is computed. Used by one thread, and closed by it before the encoders are
 * used again.
 */
final class EncodingAhead implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EncodingAhead.class);

  /** The pause between two questions of a waiting caller, who asks whether to continue. */
  private static final long ASK_MILLIS = 500;

  /** No window takes longer on the slowest device. */
  private static final long CLOSE_SECONDS = 60;

  private final List<Encoder> encoders;
  private final ExecutorService worker = Executors.newSingleThreadExecutor(EncodingAhead::thread);
  private final boolean parallel;
  private int started;

  /**
   * Encodes with two encoders in turn.
   *
   * @param encoders two, so that a result stays while the next one is computed
   * @param parallel whether there is a second processor
   */
  EncodingAhead(List<Encoder> encoders, boolean parallel) {
    this.encoders = List.copyOf(encoders);
    this.parallel = parallel;
  }

  /**
   * A window that was encoded.
   *
   * @param states valid until the second start after its own
   * @param encoder to use for parts of the sound when {@code states} are no longer needed
   */
  record Encoded(WindowSound sound, EncodedChunks states, Encoder encoder) {

    /** Encodes a part of the sound anew, from one sample to another. */
    Encoded part(int from, int to) throws ProcessingException {
      WindowSound part = sound.part(from, to);
      return new Encoded(part, encoder.encode(part.samples()), encoder);
    }
  }

  /** A window that is being encoded. */
  static final class Pending {
    private final FutureTask<Optional<Encoded>> task;

    private Pending(FutureTask<Optional<Encoded>> task) {
      this.task = task;
    }
  }

  /** Begins with a window; the one before may still be decoded, the one before that not. */
  Pending start(float[] samples) {
    Encoder encoder = encoders.get(started++ % encoders.size());
    FutureTask<Optional<Encoded>> task = new FutureTask<>(() -> encode(samples, encoder));
    if (parallel) {
      worker.execute(task);
    } else {
      task.run();
    }
    return new Pending(task);
  }

  private static Optional<Encoded> encode(float[] samples, Encoder encoder)
      throws ProcessingException {
    Optional<WindowSound> sound = WindowSound.of(samples);
    return sound.isEmpty()
        ? Optional.empty()
        : Optional.of(new Encoded(sound.get(), encoder.encode(sound.get().samples()), encoder));
  }

  /** Waits for a window; empty if nothing can be heard in it. */
  Optional<Encoded> await(Pending pending, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException {
    while (true) {
      cancellation.throwIfStopped();
      try {
        return pending.task.get(ASK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        LOG.trace("A window is not encoded yet", e);
      } catch (ExecutionException e) {
        throw failure(requireNonNull(e.getCause(), "an execution that failed has a cause"));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while a window is encoded", e);
      }
    }
  }

  private static ProcessingException failure(Throwable cause) {
    if (cause instanceof ProcessingException known) {
      return known;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("encoding a window failed", cause);
  }

  @Override
  public void close() {
    worker.shutdownNow();
    try {
      if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a window is still encoded after a minute");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "asr-encoder");
    thread.setDaemon(true);
    return thread;
  }
}
