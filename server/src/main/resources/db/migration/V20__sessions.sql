-- Who is logged in to the dashboard. Neither the session's id nor the token is here: only digests of them.
create table login_session (
    id_hash    varchar(64)  not null primary key,
    token_name varchar(255) not null,
    token_mark varchar(64)  not null,
    created_at bigint       not null,
    used_at    bigint       not null
);
create index login_session_of_token on login_session (token_name, created_at);
