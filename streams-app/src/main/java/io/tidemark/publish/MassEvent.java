package io.tidemark.publish;

import io.tidemark.detect.Signal.Evidence;
import java.util.List;

/**
 * A mass event that goes on.
 *
 * @param since start of the window that it began in
 * @param last end of the last window that counted towards it
 * @param windows how many windows did
 * @param most workloads affected at once, at most
 * @param told the same, when it was last told; 0 while operators did not want it told
 * @param active workloads of the cluster at that time
 * @param score of the strongest alert, cut below critical
 * @param examples alerts that it stands for
 * @param common the subject that most of them have, empty if they differ
 */
record MassEvent(
    long since,
    long last,
    int windows,
    int most,
    int told,
    int active,
    double score,
    List<Evidence> examples,
    String common) {}
