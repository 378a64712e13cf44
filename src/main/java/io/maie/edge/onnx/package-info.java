/**
 * The only users of ONNX Runtime: a pool of sessions with an idle limit, tensors, devices, native
 * errors.
 */
@NullMarked
package io.maie.edge.onnx;

import org.jspecify.annotations.NullMarked;
