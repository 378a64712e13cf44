package io.maie.edge.text.chat;

/** Something in a template that has a value. */
@FunctionalInterface
interface Expression {
  Object evaluate(Scope scope) throws ChatTemplateException;
}
