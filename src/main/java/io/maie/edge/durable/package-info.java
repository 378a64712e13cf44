/**
 * Writing files that survive a power cut: temporary, fsync, link or rename, directory fsync.
 * Everybody who writes a file uses it.
 */
@NullMarked
package io.maie.edge.durable;

import org.jspecify.annotations.NullMarked;
