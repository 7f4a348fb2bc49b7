/**
 * The public contracts: the classes that Avro generates from {@code src/main/avro}. Depends on Avro
 * alone.
 */
package io.tidemark.schemas;
