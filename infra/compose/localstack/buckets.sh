#!/usr/bin/env bash
# LocalStack runs it once it is up: two buckets, and something to copy in the first.
set -euo pipefail

for bucket in dev-media prod-media; do
    awslocal s3api create-bucket --bucket "$bucket"
done
for name in hero.txt news/today.txt news/older.txt; do
    echo "sample: $name" | awslocal s3 cp - "s3://dev-media/$name"
done
