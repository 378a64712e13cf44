/** Speech recognition with ChunkFormer: long speech in constant memory. */
@NullMarked
package io.maie.edge.asr.chunkformer;

import org.jspecify.annotations.NullMarked;
