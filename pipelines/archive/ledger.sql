-- The ledger: what was seen when, at which address, and what was built of it. Times are UTC, to the second.

-- Each time a source was listed. The last one is what a build works on.
create table if not exists listings (
    listing_id integer primary key,
    source     text not null,
    reference  text,
    selection  text not null,
    listed_at  text not null
);

-- One row an address or path of a source. listing_id is the last listing that held it.
create table if not exists publications (
    publication_id integer primary key,
    source         text not null,
    source_path    text not null,
    source_url     text,
    provider_urn   text,
    authority_name text,
    label          text,
    published_date text,
    location       blob not null,
    first_seen_at  text not null,
    last_seen_at   text not null,
    listing_id     integer not null references listings
);
create unique index if not exists publications_key on publications (source, source_path, coalesce(source_url, ''));
create index if not exists publications_by_listing on publications (listing_id);

-- Every file that the archive took in.
create table if not exists files (
    file_sha256   text primary key,
    n_bytes       integer not null,
    first_seen_at text not null
);

-- Which publication served which file, or the reason why its file could not be had. Size, time and inode are those
-- of the file at the source when it was last looked at: while they stay, it need not be read again.
create table if not exists servings (
    serving_id     integer primary key,
    publication_id integer not null references publications,
    file_sha256    text references files,
    reason         text,
    detail         text,
    file_state     text,
    first_seen_at  text not null,
    last_seen_at   text not null,
    is_current     integer not null,
    check ((file_sha256 is null) = (reason is not null))
);
create unique index if not exists servings_key
    on servings (publication_id, coalesce(file_sha256, ''), coalesce(reason, ''));

-- Each warehouse that was published. inputs is a hash of all it depends on.
create table if not exists builds (
    build_id              integer primary key,
    source                text not null,
    selection             text not null,
    inputs                text not null,
    warehouse_fingerprint text not null,
    published_at          text not null
);
