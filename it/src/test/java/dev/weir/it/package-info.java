/** What users see of the product, one class per subject; the same cases run against HAProxy where it defines them. */
package dev.weir.it;
