/**
 * History through the same stages as live, in memory: no application id, no group, no state and no
 * topic of its own. Knows Kafka only through {@code history}, and by the one topic that somebody
 * asked to have the alerts in.
 */
package io.tidemark.replay;
