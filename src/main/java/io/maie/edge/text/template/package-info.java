/** Templates of summaries: what fields a summary has, and how a language model is asked for it. */
@NullMarked
package io.maie.edge.text.template;

import org.jspecify.annotations.NullMarked;
