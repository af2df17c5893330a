package dev.weir.flow.expr;

/** A userlist. */
public interface Users {

    /** Whether there is such a user, with that password. */
    boolean accept(byte[] text, int nameAt, int nameLength, int passwordAt, int passwordLength);

    boolean hasGroup(String group);

    boolean isMember(byte[] name, int at, int length, String group);
}
