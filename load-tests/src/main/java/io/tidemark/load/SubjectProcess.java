package io.tidemark.load;

/** One subject in a JVM of its own. */
public final class SubjectProcess {

  private SubjectProcess() {}

  /** Runs until its standard input ends. */
  public static void main(String[] args) throws Exception {
    Child.endWithParent();
    Job job = Job.of(args);
    WarmUp.expect(job.topic(), job.warmUp());
    switch (job.subject().engine()) {
      case RAW, LIMIT -> PlainConsumer.run(job);
      case REFERENCE -> ReferenceJob.run(job);
      case FLINK -> FlinkJob.run(job);
      case TIDEMARK, TIDEMARK_MEMORY -> TidemarkJob.run(job);
    }
  }
}
