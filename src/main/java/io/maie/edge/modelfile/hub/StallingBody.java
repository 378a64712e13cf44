package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream that gives up when nothing comes for too long; the one that the
 * Java library offers waits for ever. Read by one thread. At most one delivery waits in memory,
 * since the next is asked for when it was read.
 */
final class StallingBody extends InputStream implements BodySubscriber<InputStream> {
  private final Duration stall;
  private final CompletableFuture<InputStream> begun = new CompletableFuture<>();
  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
  private final Deque<ByteBuffer> buffers = new ArrayDeque<>();
  private volatile @Nullable Subscription subscription;
  private boolean ended;

  StallingBody(Duration stall) {
    this.stall = requireNonNull(stall, "stall is null");
  }

  @Override
  public CompletionStage<InputStream> getBody() {
    return begun;
  }

  @Override
  public void onSubscribe(Subscription granted) {
    subscription = granted;
    granted.request(1);
    begun.complete(this);
  }

  @Override
  public void onNext(List<ByteBuffer> content) {
    deliveries.add(new Delivery(content, null, false));
  }

  @Override
  public void onError(Throwable failure) {
    deliveries.add(new Delivery(List.of(), failure, true));
    begun.complete(this);
  }

  @Override
  public void onComplete() {
    deliveries.add(new Delivery(List.of(), null, true));
    begun.complete(this);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (!ended && buffers.isEmpty()) {
      take(await());
    }
    if (buffers.isEmpty()) {
      return -1;
    }
    ByteBuffer first = buffers.element();
    int read = Math.min(length, first.remaining());
    first.get(target, offset, read);
    if (!first.hasRemaining()) {
      buffers.remove();
      askForMoreIfNeeded();
    }
    return read;
  }

  private void take(Delivery delivery) throws IOException {
    Throwable failure = delivery.failure();
    if (failure != null) {
      throw new ConnectionBrokenException(
          "The connection broke off: " + failure.getMessage(), failure);
    }
    ended = delivery.isLast();
    delivery.content().stream().filter(ByteBuffer::hasRemaining).forEach(buffers::add);
    if (!ended) {
      askForMoreIfNeeded();
    }
  }

  private void askForMoreIfNeeded() {
    Subscription granted = subscription;
    if (granted != null && buffers.isEmpty()) {
      granted.request(1);
    }
  }

  private Delivery await() throws IOException {
    try {
      Delivery delivery = deliveries.poll(stall.toNanos(), TimeUnit.NANOSECONDS);
      if (delivery == null) {
        throw new ConnectionBrokenException("Nothing came for " + Amounts.duration(stall));
      }
      return delivery;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the hub");
    }
  }

  /** Closes the connection if the body was not read to its end. */
  @Override
  public void close() {
    Subscription granted = subscription;
    if (granted != null) {
      granted.cancel();
    }
  }

  /** Data from the connection: content, or the end of it, good or bad. */
  private record Delivery(List<ByteBuffer> content, @Nullable Throwable failure, boolean isLast) {}
}
