package io.maie.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AwaitedSocketTest {
  /** The calls meet at other places of the JDK's code in each. */
  private static final int ROUNDS = 2_000;

  private static final int SECONDS = 20;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSocketMayBeClosedWhileTheWaitBeginsOrEnds(boolean hasClient) throws Exception {
    for (int i = 0; i < ROUNDS; i++) {
      AwaitedSocket socket = listening();
      CyclicBarrier gate = new CyclicBarrier(2);
      try (Socket client = new Socket()) {
        if (hasClient) {
          client.connect(socket.channel().getLocalAddress());
        }
        Future<Boolean> wait =
            threads.submit(
                () -> {
                  gate.await(SECONDS, TimeUnit.SECONDS);
                  return socket.awaitClient();
                });
        gate.await(SECONDS, TimeUnit.SECONDS);
        socket.close();

        boolean came = wait.get(SECONDS, TimeUnit.SECONDS);
        assertThat(came && !hasClient).as("came without a client").isFalse();
        assertThat(socket.channel().isOpen()).isFalse();
      }
    }
  }

  @Test
  void aSocketThatNobodyWaitedAtListensNoMoreOnceItIsClosed() throws Exception {
    AwaitedSocket socket = listening();
    int port = socket.port();

    socket.close();

    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
    assertThat(socket.awaitClient()).isFalse();
  }

  @Test
  void theClientThatWasWaitedForIsAcceptedByTheCaller() throws Exception {
    AwaitedSocket socket = listening();
    Future<Boolean> wait = threads.submit(socket::awaitClient);
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), socket.port())) {
      assertThat(wait.get(SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(socket.channel().isBlocking()).isTrue();
      try (Socket accepted = socket.channel().accept().socket()) {
        assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
      }
    } finally {
      socket.close();
    }
  }

  private static AwaitedSocket listening() throws Exception {
    return AwaitedSocket.listen(InetAddress.getLoopbackAddress().getHostAddress(), 0, 1);
  }
}
