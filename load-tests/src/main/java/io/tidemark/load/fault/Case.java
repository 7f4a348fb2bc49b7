package io.tidemark.load.fault;

/**
 * One thing that goes wrong.
 *
 * @param name for the command line
 * @param claim what must hold, in a sentence
 * @param quick whether it belongs to the short form
 * @param cluster whether it needs brokers
 * @param body does it
 */
record Case(String name, String claim, boolean quick, boolean cluster, Body body) {

  interface Body {
    /**
     * Does it.
     *
     * @throws Broken if a promise was not kept
     */
    void run(Stand stand, Report report) throws Exception;
  }
}
