package dev.weir.base.log;

/** How much a trace is to tell; each level tells what those before it do. */
public enum TraceLevel {
    ERROR("report errors"), USER("also information useful to the end user"), PROTO("also protocol-level updates"),
    STATE("also report internal state changes"), DATA("also report data transfers"),
    DEVELOPER("also report information useful only to the developer");

    private final String meaning;

    TraceLevel(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
