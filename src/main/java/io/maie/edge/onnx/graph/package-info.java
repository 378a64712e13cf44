/**
 * Model files as protocol buffers: tells what a graph takes and returns, and rewrites one, in
 * memory, to one that computes the same with less memory and time. Knows no ONNX Runtime.
 */
@NullMarked
package io.maie.edge.onnx.graph;

import org.jspecify.annotations.NullMarked;
