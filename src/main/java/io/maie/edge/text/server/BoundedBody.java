package io.maie.edge.text.server;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The body of an answer in memory, given up when it grows beyond a limit. */
final class BoundedBody implements BodySubscriber<byte[]> {
  private final int mostBytes;
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable Subscription subscription;

  BoundedBody(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Subscription granted) {
    subscription = granted;
    granted.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> content) {
    for (ByteBuffer buffer : content) {
      int room = mostBytes - bytes.size();
      byte[] part = new byte[Math.min(room + 1, buffer.remaining())];
      buffer.get(part);
      bytes.writeBytes(part);
    }
    Subscription granted = subscription;
    if (granted != null && bytes.size() > mostBytes) {
      granted.cancel();
      body.completeExceptionally(new TooLargeException(mostBytes));
    } else if (granted != null) {
      granted.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toByteArray());
  }
}
