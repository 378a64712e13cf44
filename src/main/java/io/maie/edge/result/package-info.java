/** The JSON document we publish: records, model identities, schema version, codec. */
@NullMarked
package io.maie.edge.result;

import org.jspecify.annotations.NullMarked;
