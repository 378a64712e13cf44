/**
 * Asks language models on servers of the operator; besides {@code modelfile.hub} the only code that
 * opens a connection.
 *
 * <p>Nothing here connects unless the settings name an address. The transcript goes to that address
 * and no other: redirects are not followed, and proxies of the system are not used. Neither
 * messages nor logs hold what was sent or answered.
 */
@NullMarked
package io.maie.edge.text.server;

import org.jspecify.annotations.NullMarked;
