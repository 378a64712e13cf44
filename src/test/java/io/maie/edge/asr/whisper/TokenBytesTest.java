package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenBytesTest {

  private static final int SEED = 5;

  @Test
  void everyTokenIsFoundByItsText() {
    Random random = new Random(SEED);
    List<String> texts = new ArrayList<>();
    while (texts.size() < 500) {
      String text = Integer.toString(random.nextInt(100_000), 1 + random.nextInt(20)) + "é";
      if (!texts.contains(text)) {
        texts.add(text);
      }
    }

    TokenBytes tokens =
        new TokenBytes(texts.stream().map(TokenBytesTest::utf8).toArray(byte[][]::new));

    for (int token = 0; token < texts.size(); token++) {
      assertThat(tokens.find(utf8(texts.get(token)))).isEqualTo(token);
      assertThat(tokens.of(token)).isEqualTo(utf8(texts.get(token)));
      assertThat(tokens.find(utf8(texts.get(token) + "!"))).isEqualTo(-1);
    }
  }

  @Test
  void bytesAboveTheAlphabetAreOrderedToo() {
    byte[][] single = new byte[256][];
    for (int value = 0; value < single.length; value++) {
      single[255 - value] = new byte[] {(byte) value};
    }
    TokenBytes tokens = new TokenBytes(single);

    for (int value = 0; value < single.length; value++) {
      assertThat(tokens.find(new byte[] {(byte) value})).isEqualTo(255 - value);
    }
  }

  @Test
  void tokensWithoutTextAreNotFound() {
    TokenBytes tokens = new TokenBytes(new byte[][] {utf8("a"), null, utf8("b"), utf8("a")});

    assertThat(tokens.of(1)).isEmpty();
    assertThat(tokens.of(-1)).isEmpty();
    assertThat(tokens.of(4)).isEmpty();
    assertThat(tokens.find(new byte[0])).isEqualTo(-1);
    assertThat(tokens.find(utf8("c"))).isEqualTo(-1);
    assertThat(tokens.find(utf8("a"))).isZero();
    assertThat(new TokenBytes(new byte[0][]).find(utf8("a"))).isEqualTo(-1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
