/**
 * The life of the process: single-instance lock, start-up checks, scan loop, schedules, requests,
 * watchdog, status, shutdown.
 */
@NullMarked
package io.maie.edge.daemon;

import org.jspecify.annotations.NullMarked;
