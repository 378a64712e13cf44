/** Tokenizers of language models: text to token ids, token ids to text, and the bytes of tokens. */
@NullMarked
package io.maie.edge.text.token;

import org.jspecify.annotations.NullMarked;
