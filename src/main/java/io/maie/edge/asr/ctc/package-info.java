/** Speech recognition with connectionist temporal classification (CTC) models. */
@NullMarked
package io.maie.edge.asr.ctc;

import org.jspecify.annotations.NullMarked;
