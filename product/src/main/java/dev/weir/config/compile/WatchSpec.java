package dev.weir.config.compile;

import java.util.List;

/** {@code weir.watch}: how often files are looked at for changes, and which besides those of the configuration. Immutable. */
public record WatchSpec(int everyMs, List<String> files) {}
