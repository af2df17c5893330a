package dev.weir.keyword.directive;

import dev.weir.base.address.IpText;
import dev.weir.base.collect.Settings;
import dev.weir.base.text.Place;
import dev.weir.config.compile.Draft;
import dev.weir.config.lang.Numbers;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.server.ServerSpec;

/** Which words server options take, and what is said about others; each answers an error or null. */
final class ServerChecks {

    private ServerChecks() {}

    /** One word of an option that takes a list of them. */
    static String listed(String option, String word) {
        return switch (option) {
            case "proxy-v2-options" -> proxyOption(word);
            case "init-addr" -> initAddr(word);
            case "resolve-net" -> network(word);
            default -> resolveOption(word);
        };
    }

    private static String proxyOption(String word) {
        return switch (word) {
            case "ssl", "cert-cn", "ssl-cipher", "cert-sig", "cert-key", "authority", "crc32c", "unique-id" -> null;
            default -> "'" + word + "' : proxy v2 option not implemented";
        };
    }

    private static String initAddr(String word) {
        boolean known = word.equals("libc") || word.equals("last") || word.equals("none") || IpText.parse(word) != null;
        return known ? null : "'init-addr' : unknown init-addr method '" + word
                + "', supported methods are 'libc', 'last', 'none'.";
    }

    private static String network(String word) {
        int slash = word.indexOf('/');
        String address = slash < 0 ? word : word.substring(0, slash);
        boolean right = IpText.parse(address) != null
                && (slash < 0 || Numbers.integer(word.substring(slash + 1), -1) >= 0);
        return right ? null : "'resolve-net' invalid network '" + word + "'.";
    }

    private static String resolveOption(String word) {
        return switch (word) {
            case "allow-dup-ip", "ignore-weight", "prevent-dup-ip", "weir.ignore-priority" -> null;
            default -> "'resolve-opts' : unknown resolve-opts option '" + word
                    + "', supported methods are 'allow-dup-ip', 'ignore-weight', and 'prevent-dup-ip'.";
        };
    }

    /** Options of one word out of few; an empty answer says that the option is none of these. */
    static String word(String name, String value, Draft draft, Settings settings, Place place) {
        switch (name) {
            case "observe" -> {
                if (!isOneOf(value, "none", "layer4", "layer7")) {
                    return "'observe' expects one of 'none', 'layer4', 'layer7' but got '" + value + "'";
                }
                if (value.equals("layer7") && draft.proxy().settings().get(ProxySpec.MODE) != ProxySpec.Mode.HTTP) {
                    return "'layer7' can only be used in http proxies.";
                }
                settings.set(ServerSpec.OBSERVE, value, place);
            }
            case "on-error" -> {
                if (!isOneOf(value, "fastinter", "fail-check", "sudden-death", "mark-down")) {
                    return "'on-error' expects one of 'fastinter', 'fail-check', 'sudden-death' or 'mark-down' but got '"
                            + value + "'";
                }
                settings.set(ServerSpec.ON_ERROR, value, place);
            }
            case "on-marked-down" -> {
                settings.set(ServerSpec.SHUTDOWN_SESSIONS_ON_DOWN, true, place);
                return value.equals("shutdown-sessions") ? null
                        : "'on-marked-down' expects 'shutdown-sessions' but got '" + value + "'";
            }
            case "on-marked-up" -> {
                settings.set(ServerSpec.SHUTDOWN_BACKUPS_ON_UP, true, place);
                return value.equals("shutdown-backup-sessions") ? null
                        : "'on-marked-up' expects 'shutdown-backup-sessions' but got '" + value + "'";
            }
            case "resolve-prefer" -> {
                settings.set(ServerSpec.RESOLVE_PREFER, value, place);
                return isOneOf(value, "ipv4", "ipv6") ? null
                        : "'resolve-prefer' expects either ipv4 or ipv6 as argument.";
            }
            case "hash-key" -> {
                settings.set(ServerSpec.HASH_KEY, value, place);
                return isOneOf(value, "id", "id32", "addr", "addr-port", "guid") ? null
                        : "'hash-key' expects 'id', 'addr', or 'addr-port' as argument.";
            }
            case "init-state" -> {
                settings.set(ServerSpec.INIT_STATE, value, place);
                return isOneOf(value, "up", "fully-up", "down", "fully-down", "none") ? null
                        : "'init-state' expects one of 'none', 'up', 'fully-up', 'down' or 'fully-down' but got '"
                                + value + "'";
            }
            case "log-proto" -> {
                settings.set(ServerSpec.LOG_OCTET_COUNT, value.equals("octet-count"), place);
                return isOneOf(value, "legacy", "octet-count") ? null
                        : "'log-proto' expects one of 'legacy' or 'octet-count' but got '" + value + "'";
            }
            case "tcp-ut" -> {
                long ms = Numbers.millis(value);
                settings.set(ServerSpec.TCP_UT_MS, (int) Math.max(0, ms), place);
                return ms < 0 ? "'tcp-ut' : expects a positive delay in milliseconds" : null;
            }
            default -> {
                return "";
            }
        }
        return null;
    }

    /** Options that another part gives their meaning, as far as their argument can be wrong without it. */
    static String kept(String name, String value) {
        return switch (name) {
            case "verify" -> isOneOf(value, "none", "required") ? null : "'verify' : unknown verify method '" + value
                    + "', only 'none' and 'required' are supported";
            case "ssl-min-ver", "ssl-max-ver" -> TlsWords.isVersion(value) ? null
                    : "'" + value + "' : unknown ssl/tls version";
            case "ws" -> isOneOf(value, "auto", "h1", "h2") ? null : "'ws' has to be 'auto', 'h1' or 'h2'";
            case "proto", "check-proto" -> isOneOf(value, "h1", "h2", "fcgi", "none", "spop", "quic", "qmux") ? null
                    : "'" + name + "' :  unknown MUX protocol '" + value + "'";
            case "pool-max-conn" -> Numbers.leading(value) >= -1 ? null : "'pool-max-conn' must be >= -1";
            case "pool-purge-delay" -> {
                long ms = Numbers.millis(value);
                yield ms >= 0 ? null : "unexpected character '" + Numbers.culprit(value, ms)
                        + "' in argument to <pool-purge-delay>.";
            }
            default -> null;
        };
    }

    static boolean isOneOf(String value, String... words) {
        for (String word : words) {
            if (word.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
