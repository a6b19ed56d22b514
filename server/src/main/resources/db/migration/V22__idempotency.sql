-- Keys of requests that must not be done twice, with the first answer once there is one.
create table idempotency (
    caller       varchar(255) not null,
    key_hash     varchar(64)  not null,
    request_hash varchar(64)  not null,
    claimed_at   bigint       not null,
    location     varchar(2000),
    answer       text,
    primary key (caller, key_hash)
);
create index idempotency_claimed_at on idempotency (claimed_at);
