/** Language models as the text stage sees them: a prompt goes in, text comes out. */
@NullMarked
package io.maie.edge.text.model;

import org.jspecify.annotations.NullMarked;
