/**
 * Folders used as a queue: what has settled, who has claimed it, publication without overwriting.
 * Knows no audio and no JSON.
 */
@NullMarked
package io.maie.edge.spool;

import org.jspecify.annotations.NullMarked;
