/**
 * What providers of services that are reached over HTTP have in common, whatever they speak: the service's time, streams
 * that let exactly an object's bytes through, patience for what no layer above may repeat, and the pieces that a listing's answer is read and proven with. Imports
 * {@code dev.replicator.store} only; for providers, the engine uses none of it.
 */
@NullMarked
package dev.replicator.store.remote;

import org.jspecify.annotations.NullMarked;
