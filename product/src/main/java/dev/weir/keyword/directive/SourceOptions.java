package dev.weir.keyword.directive;

import dev.weir.base.address.Address;
import dev.weir.base.collect.Setting;
import dev.weir.base.collect.Settings;
import dev.weir.config.compile.Draft;
import dev.weir.config.lang.Addresses;
import dev.weir.config.lang.ParsedAddress;
import dev.weir.config.lang.Statement;

/** What may follow {@code source <address>} on a line: {@code usesrc} and {@code interface}. Boot's thread. */
final class SourceOptions {

    private final Draft draft;
    private final Statement line;
    private int at;

    SourceOptions(Draft draft, Statement line, int from) {
        this.draft = draft;
        this.line = line;
        this.at = from;
    }

    /** The first word that is none of them. */
    int next() {
        return at;
    }

    /** Reads as many as there are; the error or null. */
    String read(Settings settings, Setting<String> networkInterface, Setting<String> usesrc,
            Setting<Address> usesrcAddress) {
        while (at < line.count()) {
            String value = line.word(at + 1);
            switch (line.word(at)) {
                case "interface" -> {
                    if (value.isEmpty()) {
                        return "'" + line.word(0) + "' : missing interface name.";
                    }
                    settings.set(networkInterface, value, line.place());
                    at += 2;
                }
                case "usesrc" -> {
                    String error = usesrc(value, settings, usesrcAddress);
                    if (error != null) {
                        return error;
                    }
                    settings.set(usesrc, value, line.place());
                    at += 2;
                }
                default -> {
                    return null;
                }
            }
        }
        return null;
    }

    private String usesrc(String value, Settings settings, Setting<Address> address) {
        if (value.isEmpty()) {
            boolean server = line.word(0).contains("server");
            return "'usesrc' expects <addr>[:<port>], 'client', " + (server ? "'clientip', or 'hdr_ip(name,#)'"
                    : "or 'clientip'") + " as argument.";
        }
        if (value.equals("client") || value.equals("clientip") || value.startsWith("hdr_ip(")) {
            return null;
        }
        ParsedAddress parsed = draft.addresses().parse(value, Addresses.STREAM);
        if (parsed == null) {
            return "'usesrc " + value + "' : " + draft.addresses().error();
        }
        settings.set(address, parsed.address(), line.place());
        return null;
    }
}
