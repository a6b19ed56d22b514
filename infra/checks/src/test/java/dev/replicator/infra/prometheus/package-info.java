/** Rules and dashboard, against promtool and a live server's figures. */
package dev.replicator.infra.prometheus;
