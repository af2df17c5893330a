package dev.weir.flow.rule;

import dev.weir.model.server.Server;

/**
 * A connection that a client has made and that is to be a server's: reverse HTTP. Immutable.
 *
 * @param name what requests that may use it must ask for, or null
 */
public record Attachment(Server server, String name) {}
