/**
 * Fetches published models, when somebody types a command.
 *
 * <p>Nothing here runs unless somebody typed {@code models pull}. An answer of a hub is believed
 * only where it can be checked: names must stay inside the model's folder, and every file must have
 * the size and the checksum that the hub's listing declares.
 */
@NullMarked
package io.maie.edge.modelfile.hub;

import org.jspecify.annotations.NullMarked;
