package dev.weir.model.value;

/** How long a variable lives (configuration.txt 2.8). Those of a parent stream can be read only. */
public enum VariableScope {
    PROC("proc"), SESS("sess"), TXN("txn"), REQ("req"), RES("res"), CHECK("check"),
    PSESS("psess"), PTXN("ptxn"), PREQ("preq"), PRES("pres");

    private final String text;

    VariableScope(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public boolean isParent() {
        return ordinal() >= PSESS.ordinal();
    }

    /** The scope of that name, or null. */
    public static VariableScope find(String name) {
        for (VariableScope scope : values()) {
            if (scope.text.equals(name)) {
                return scope;
            }
        }
        return null;
    }
}
