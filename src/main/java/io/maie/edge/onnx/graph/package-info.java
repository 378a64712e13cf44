/**
 * Model files as protocol buffers: rewrites a graph, in memory, to one that computes the same with
 * less memory and time. Knows no ONNX Runtime.
 */
@NullMarked
package io.maie.edge.onnx.graph;

import org.jspecify.annotations.NullMarked;
