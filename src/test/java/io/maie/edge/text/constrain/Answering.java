package io.maie.edge.text.constrain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Has a writer answer under a constraint. */
final class Answering {
  private Answering() {}

  /**
   * The answer of a writer, which ends where it may by chance, where it must, or where its tokens
   * are used up.
   *
   * @param tokens the most tokens of the answer
   * @throws CharacterCodingException if it is no UTF-8
   */
  static String answer(
      SchemaConstraint schema, List<byte[]> vocabulary, Writer writer, int tokens, Random random)
      throws CharacterCodingException {
    TokenConstraint constraint = schema.start(tokens);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    BitSet allowed = new BitSet();
    for (int written = 0; ; written++) {
      constraint.allowed(allowed);
      if (allowed.isEmpty() || (constraint.mayEnd() && random.nextInt(4) == 0)) {
        assertThat(constraint.mayEnd()).as("complete: %s", answer.toString(UTF_8)).isTrue();
        assertThat(written).as("tokens").isLessThanOrEqualTo(tokens);
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(answer.toByteArray())).toString();
      }
      int token = writer.pick(allowed, vocabulary, random);
      answer.writeBytes(vocabulary.get(token));
      constraint.accept(token);
    }
  }
}
