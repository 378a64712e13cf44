/** Makes summaries by template; what is published is valid against the template's schema. */
@NullMarked
package io.maie.edge.text.summary;

import org.jspecify.annotations.NullMarked;
