/**
 * From signals to what people read: severity, content-derived ids, episodes, and the written forms
 * of an alert. Pure; knows {@code detect}, {@code flow}, {@code window}, {@code state} and {@code
 * setting}, and Jackson in the JSON form only.
 */
package io.tidemark.alert;
