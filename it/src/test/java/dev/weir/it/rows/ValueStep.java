package dev.weir.it.rows;

import java.util.ArrayList;
import java.util.List;

/**
 * One connection of a client to a frontend: what it sends, one after the other, and what is asked meanwhile. The address
 * that it dials says which step it is, so that the requests are as the file has them.
 */
final class ValueStep {

    private final ValueFrontend frontend;
    private final int number;
    private final boolean isHttp;
    private final String options;
    private final List<String> sent = new ArrayList<>();
    private final List<ValueRow> rows = new ArrayList<>();

    ValueStep(ValueFrontend frontend, int number, boolean isHttp, String options) {
        this.frontend = frontend;
        this.number = number;
        this.isHttp = isHttp;
        this.options = options;
    }

    ValueFrontend frontend() {
        return frontend;
    }

    /** Whether what is sent are requests in short; else it is bytes. */
    boolean isHttp() {
        return isHttp;
    }

    List<String> sent() {
        return sent;
    }

    List<ValueRow> rows() {
        return rows;
    }

    String address() {
        return option("at", "127." + (1 + number / 250) + ".0." + (1 + number % 250));
    }

    /** The condition of its rules. */
    String condition() {
        return hasOption("only") ? "" : " if { dst " + address() + " }";
    }

    String dialled() {
        return option("via", "").isEmpty() ? address() : "127.0.0.1";
    }

    /** The port that its client dials. */
    String port() {
        return option("via", frontend.port());
    }

    boolean hasOption(String name) {
        return List.of(options.split(" ")).contains(name);
    }

    private String option(String name, String otherwise) {
        for (String option : options.split(" ")) {
            if (option.startsWith(name + "=")) {
                return option.substring(name.length() + 1);
            }
        }
        return otherwise;
    }

    boolean isLogged() {
        return !frontend.answersHttp() || rows.stream().anyMatch(ValueRow::isInFormat);
    }
}
