/**
 * Parts shared by recognisers that emit tokens frame by frame: front ends, token tables, CTC
 * decoders, words and windows.
 */
@NullMarked
package io.maie.edge.asr.frames;

import org.jspecify.annotations.NullMarked;
