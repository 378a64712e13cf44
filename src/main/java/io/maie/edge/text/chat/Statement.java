package io.maie.edge.text.chat;

/** Something in a template that writes text or sets names. */
@FunctionalInterface
interface Statement {
  void run(Scope scope) throws ChatTemplateException;
}
