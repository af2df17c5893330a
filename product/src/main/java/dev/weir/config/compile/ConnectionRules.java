package dev.weir.config.compile;

import dev.weir.flow.drive.FirstHeader;
import dev.weir.model.proxy.ProxySpec;
import dev.weir.model.proxy.RuleLine;

/** Compiles the {@code tcp-request connection} lines that need no conditions: the header that must come first. */
final class ConnectionRules {

    private ConnectionRules() {}

    static FirstHeader firstHeader(ProxySpec spec) {
        FirstHeader header = FirstHeader.NONE;
        for (RuleLine line : spec.settings().get(ProxySpec.RULES)) {
            if (!line.kind().equals("tcp-request connection")) {
                continue;
            }
            switch (line.text()) {
                case "expect-proxy layer4" -> header = FirstHeader.PROXY;
                case "expect-netscaler-cip layer4" -> header = FirstHeader.NETSCALER;
                default -> { }
            }
        }
        return header;
    }
}
