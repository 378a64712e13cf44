/** Speech to timed text with the Moonshine family of models. */
@NullMarked
package io.maie.edge.asr.moonshine;

import org.jspecify.annotations.NullMarked;
