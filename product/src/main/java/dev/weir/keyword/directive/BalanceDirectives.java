package dev.weir.keyword.directive;

import dev.weir.config.compile.Draft;
import dev.weir.config.compile.Keyword;
import dev.weir.config.compile.KeywordFamily;
import dev.weir.config.lang.Numbers;
import dev.weir.config.lang.Statement;
import dev.weir.model.proxy.ProxySpec;

/** {@code balance} and {@code hash-type}: checked here, kept as words (configuration manual 4.2). Boot's thread. */
final class BalanceDirectives extends KeywordFamily {

    @Override
    public String rows() {
        return """
                balance DLB 0-* ok
                hash-type DLB 0-* ok
                """;
    }

    @Override
    public void apply(Keyword keyword, Statement line, Draft draft) {
        boolean balance = keyword.name().equals("balance");
        String error = balance ? balanceError(line) : hashError(line);
        if (error != null) {
            line.alert(1, error);
        } else {
            draft.settings().set(balance ? ProxySpec.BALANCE : ProxySpec.HASH_TYPE, line.from(1), line.place());
        }
    }

    private static String balanceError(Statement line) {
        String word = line.word(1);
        int open = word.indexOf('(');
        String name = open < 0 ? word : word.substring(0, open);
        return switch (name) {
            case "", "roundrobin", "static-rr", "leastconn", "first", "source", "sticky", "log-hash", "peak-ewma" -> null;
            case "random" -> open < 0 ? null : draws(word.substring(open + 1));
            case "uri" -> uri(line);
            case "url_param" -> urlParam(line);
            case "hash" -> line.has(2) ? null : "balance hash requires a sample expression.";
            case "hdr" -> open < 0 ? supported() : argument(word, open).isEmpty()
                    ? "balance hdr requires an http header field name."
                    : !line.has(2) || line.word(2).equals("use_domain_only") ? null
                    : "balance hdr(name) only accepts 'use_domain_only' modifier (got '" + line.word(2) + "').";
            case "rdp-cookie" -> open < 0 || !argument(word, open).isEmpty() ? null
                    : "balance rdp-cookie : missing cookie name.";
            default -> supported();
        };
    }

    private static String supported() {
        return "balance only supports 'roundrobin', 'static-rr', 'leastconn', 'source', 'uri', 'url_param', "
                + "'hdr(name)' and 'rdp-cookie(name)' options.";
    }

    private static String argument(String word, int open) {
        int close = word.indexOf(')', open);
        return word.substring(open + 1, close < 0 ? word.length() : close);
    }

    private static String draws(String argument) {
        String digits = argument.endsWith(")") ? argument.substring(0, argument.length() - 1) : argument;
        long draws = Numbers.leading(digits);
        if (Numbers.integer(digits, -1) < 0) {
            return "balance random : unexpected character '" + Character.toString(firstLetter(digits))
                    + "' after argument.";
        }
        return draws >= 1 ? null : "balance random : number of draws must be at least 1.";
    }

    private static char firstLetter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return text.charAt(i);
            }
        }
        return ' ';
    }

    private static String uri(Statement line) {
        for (int i = 2; i < line.count(); i++) {
            switch (line.word(i)) {
                case "len", "depth" -> {
                    String name = line.word(i);
                    String value = line.word(++i);
                    if (Numbers.leading(value) <= 0) {
                        return "balance uri : '" + name + "' expects a positive integer (got '" + value + "').";
                    }
                }
                case "whole", "path-only" -> { }
                default -> {
                    return "balance uri only accepts parameters 'len', 'depth', 'path-only', and 'whole' (got '"
                            + line.word(i) + "').";
                }
            }
        }
        return null;
    }

    private static String urlParam(Statement line) {
        if (!line.has(2)) {
            return "balance url_param requires an URL parameter name.";
        }
        boolean checkPost = !line.has(3) || line.word(3).equals("check_post");
        return checkPost ? null : "balance url_param only accepts check_post modifier (got '" + line.word(3) + "').";
    }

    private static String hashError(Statement line) {
        if (!line.word(1).equals("consistent") && !line.word(1).equals("map-based")) {
            return line.word(1).equals("avalanche")
                    ? "experimental feature 'hash-type avalanche' is not supported anymore, please use 'hash-type "
                            + "map-based sdbm avalanche' instead."
                    : "'hash-type' only supports 'consistent' and 'map-based'.";
        }
        if (line.has(2) && !ServerChecks.isOneOf(line.word(2), "sdbm", "djb2", "wt6", "crc32", "none")) {
            return "'hash-type' only supports 'sdbm', 'djb2', 'crc32', or 'wt6' hash functions.";
        }
        return !line.has(3) || line.word(3).equals("avalanche") ? null
                : "'hash-type' only supports 'avalanche' as a modifier for hash functions.";
    }
}
