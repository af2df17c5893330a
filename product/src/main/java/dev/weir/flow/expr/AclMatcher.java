package dev.weir.flow.expr;

import dev.weir.model.value.Sample;

/** Compares a sample, which has the right type already, with the patterns of one ACL line. */
@FunctionalInterface
interface AclMatcher {

    boolean matches(Sample sample);
}
