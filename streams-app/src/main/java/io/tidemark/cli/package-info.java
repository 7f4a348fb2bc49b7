/**
 * The command line: one class per command, exit codes, progress. The edge of the program; knows
 * every package, and none knows it.
 */
package io.tidemark.cli;
