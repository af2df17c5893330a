package dev.weir.base.log;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import java.util.List;

/**
 * A {@code ring} section (configuration.txt 12.5), as parsed. Immutable once the configuration is read.
 *
 * @param servers in order
 */
public record RingSpec(String name, Settings settings, List<Server> servers, Place place) {

    /** Where HAProxy's buffers have that size, so have its rings. */
    public static final Setting<Integer> SIZE = Setting.of("size", 16384);
    /** 0: as the log line says. */
    public static final Setting<Integer> MAXLEN = Setting.of("maxlen", 0);
    public static final Setting<LogFraming> FORMAT = Setting.of("format", LogFraming.RAW);
    public static final Setting<String> DESCRIPTION = Setting.of("description", null);
    /** A file that shows what is in it, or null. */
    public static final Setting<String> BACKING_FILE = Setting.of("backing-file", null);
    public static final Setting<Integer> TIMEOUT_CONNECT = Setting.of("timeout connect", 0);
    public static final Setting<Integer> TIMEOUT_SERVER = Setting.of("timeout server", 0);

    /**
     * One server.
     *
     * @param octetCounted whether each message has its length before it, instead of a line end behind it
     * @param words all that the line says of it, by which two are the same
     * @param settings what those words mean
     */
    public record Server(String name, Address address, boolean octetCounted, List<String> words, Settings settings) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Server server && name.equals(server.name) && address.equals(server.address)
                    && words.equals(server.words);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }
}
