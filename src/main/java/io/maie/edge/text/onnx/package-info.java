/**
 * Runs decoder-only language models on this machine, from folders in the layout of Hugging Face's
 * ONNX exports. Nothing in it connects to anything.
 */
@NullMarked
package io.maie.edge.text.onnx;

import org.jspecify.annotations.NullMarked;
