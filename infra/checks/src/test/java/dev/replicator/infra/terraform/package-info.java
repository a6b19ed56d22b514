/**
 * Holds the Terraform modules against themselves (format, tests), against the providers' schemas, and their policies
 * against the requests that the program sends.
 */
package dev.replicator.infra.terraform;
