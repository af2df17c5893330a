package dev.weir.flow.expr;

import java.security.PrivateKey;
import java.security.PublicKey;

/**
 * The keys of a certificate that web tokens may be checked and opened with. Immutable.
 *
 * @param publicKey what signatures are checked with
 * @param privateKey what encrypted tokens are opened with, or null
 */
public record TokenKeys(PublicKey publicKey, PrivateKey privateKey) {}
