/**
 * How a parameter says what it means: the annotation from which the configuration's reference page,
 * its checks and the example file are made. Depends on nothing.
 */
package io.tidemark.setting;
