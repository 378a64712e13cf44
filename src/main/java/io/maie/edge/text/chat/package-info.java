/** Renders the chat templates of language models, which are written in the language of Jinja. */
@NullMarked
package io.maie.edge.text.chat;

import org.jspecify.annotations.NullMarked;
