/**
 * What the black-box tests are made of: products that are started like a {@code haproxy} binary, clients, origins and
 * receivers around them. Knows nothing of the product's classes.
 */
package dev.weir.it.rig;
