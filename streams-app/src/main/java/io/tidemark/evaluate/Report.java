package io.tidemark.evaluate;

import java.util.List;

/**
 * What a run of {@code evaluate} has to say.
 *
 * @param tidemark the alerts held against the events
 * @param rules by which
 * @param detectors every detector in service or spoken of, in the order in which they are listed
 * @param rivals other tools' rules on the same input; none if not asked for
 * @param gates what was asked to be held
 * @param notes what the reader should know about the events file, each a sentence
 */
public record Report(
    Evaluation tidemark,
    Rules rules,
    List<String> detectors,
    List<RivalResult> rivals,
    List<Gate.Result> gates,
    List<String> notes) {

  /**
   * What a rival's rule found.
   *
   * @param name short, for columns
   * @param rule the rule in a sentence
   */
  public record RivalResult(String name, String rule, Evaluation evaluation) {}

  public Report {
    detectors = List.copyOf(detectors);
    rivals = List.copyOf(rivals);
    gates = List.copyOf(gates);
    notes = List.copyOf(notes);
  }

  /** Whether everything that was asked to be held is. */
  public boolean holds() {
    return gates.stream().allMatch(Gate.Result::holds);
  }
}
