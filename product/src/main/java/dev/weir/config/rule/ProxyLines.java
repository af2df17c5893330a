package dev.weir.config.rule;

import dev.weir.base.text.Phrase;
import dev.weir.model.proxy.RuleLine;
import java.util.List;

/**
 * The lines of one proxy that are rules. Immutable.
 *
 * @param noun how messages call the proxy: frontend, backend, proxy
 * @param inherited how many of the lines come from a defaults section
 * @param errorFiles the lines that give error pages
 * @param balance the words of the {@code balance} line, with its place
 */
public record ProxyLines(String name, String noun, boolean isFrontend, boolean isBackend, boolean isHttp,
        List<RuleLine> lines, int inherited, List<Phrase> errorFiles, Phrase balance) {}
