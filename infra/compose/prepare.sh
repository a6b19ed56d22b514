#!/usr/bin/env bash
# Makes what no repository should hold: a token for you, one for Prometheus, a password for Grafana (in secrets/), and the
# tokens' digests for replicator.yaml (in .env). What is there is left as it is; remove secrets/ to begin anew.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
umask 077

mkdir -p secrets
chmod 0700 secrets
for name in admin-token prometheus-token grafana-password; do
    [ -s "secrets/$name" ] || openssl rand -hex 32 | tr -d '\n' >"secrets/$name"
done
# The containers read them as users of their own; the folder keeps others out.
chmod 0644 secrets/*

digest() {
    openssl dgst -sha256 -r "secrets/$1" | cut -d ' ' -f 1
}
{
    echo "ADMIN_SHA256=$(digest admin-token)"
    echo "PROMETHEUS_SHA256=$(digest prometheus-token)"
} >.env

echo "The dashboard asks for the token in $PWD/secrets/admin-token"
