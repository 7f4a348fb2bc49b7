package io.tidemark.fleet;

/** What a proxy reports of an application's conversation. */
sealed interface Message permits Dns, Http {

  void writeQuery(ByteSink out);

  void writeAnswer(ByteSink out);

  void writeQuerySummary(ByteSink out);

  void writeAnswerSummary(ByteSink out);
}
