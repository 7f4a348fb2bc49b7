package io.tidemark.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodNameTest {

  @ParameterizedTest(name = "{0} -> {1}, {2}")
  @CsvSource({
    "web-7d9f8c6b5-x7k2p, web, Deployment",
    "my-web-app-6b9f4d7c9f-zzzzz, my-web-app, Deployment",
    // One suffix in 850 is made of digits only, one hash in a hundred.
    "web-7d9f8c6b5-24567, web, Deployment",
    "web-456789456-x7k2p, web, Deployment",
    "backup-28391040-q8vxt, backup, CronJob",
    "backup-28391040-24567, backup, CronJob",
    "kafka-0, kafka, StatefulSet",
    "kafka-12, kafka, StatefulSet",
    "my-db-10231, my-db, StatefulSet",
    // A DaemonSet's pod and a Job's look alike.
    "kube-proxy-x7k2p, kube-proxy,",
    "kube-proxy-24567, kube-proxy,",
    "migrate-v2-8fkqz, migrate-v2,",
    // Words are no suffixes: they have vowels, or 0, 1, 3.
    "nginx, nginx,",
    "my-nginx, my-nginx,",
    "etcd-control-plane, etcd-control-plane,",
    "web-server1, web-server1,",
    "web-7d9f8c6b5-x7k2, web-7d9f8c6b5-x7k2,",
    "web-staging-x7k2p, web-staging,",
    // Names that only imitate Kubernetes' alphabet.
    "cart-5d8e7a9b4-abc12, cart, Deployment",
    "my-app-release-abc12, my-app-release-abc12,",
    "-x7k2p, -x7k2p,",
    "web-, web-,",
  })
  void theControllerIsTheNameLessItsSuffixes(String pod, String controller, String kind) {
    assertEquals(new PodName(controller, kind), PodName.of(pod));
  }

  @ParameterizedTest
  @CsvSource({
    "web-7d9f8c6b54-x7k2p, 7d9f8c6b54",
    "my-web-5b8c94d7f6-2xqzt, 5b8c94d7f6",
    "cart-5d8e7a9b4-abc12, 5d8e7a9b4",
    "kafka-0, ''",
    "backup-28391040-24567, ''",
    "kube-proxy-x7k2p, ''",
    "nginx, ''",
    "a-name-that-is-so-long-that-kubernetes-had-to-cut-it-5b8c94d7f62, ''",
  })
  void onlyADeploymentsPodTellsItsTemplate(String pod, String template) {
    assertEquals(template, PodName.revision(pod));
  }

  @ParameterizedTest
  @CsvSource({
    "kafka-0, kafka-6c8f9d7b54, kafka-0@kafka-6c8f9d7b54, kafka-6c8f9d7b54",
    "web-7d9f8c6b54-x7k2p, 7d9f8c6b54, web-7d9f8c6b54-x7k2p, 7d9f8c6b54",
    "kafka-0, '', kafka-0, ''",
    "kafka-0, , kafka-0, ''",
  })
  void aTemplateIsWrittenBehindANameThatDoesNotTellIt(
      String pod, String template, String labelled, String revision) {
    assertEquals(labelled, PodName.labelled(pod, template));
    assertEquals(revision, PodName.revision(PodName.labelled(pod, template)));
  }
}
