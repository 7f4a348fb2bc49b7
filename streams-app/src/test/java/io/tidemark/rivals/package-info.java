/**
 * Rules of other tools, re-derived from their formulas, so that {@code evaluate --rivals} can show
 * Tidemark beside them on the same input. Not shipped; knows what the detectors know, and {@code
 * evaluate}.
 */
package io.tidemark.rivals;
