-- Jobs whose schedules rest until somebody resumes them.
create table pause (
    job       varchar(255) not null primary key,
    paused_at bigint       not null,
    paused_by varchar(255) not null
);
