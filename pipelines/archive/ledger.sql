-- The ledger: what was seen when, at which address, and what was built of it. Times are UTC, to the second.

-- Each time a source was listed. The last one is what a build works on.
create table if not exists listings (
    listing_id integer primary key,
    source     text not null,
    reference  text,
    selection  text not null,
    listed_at  text not null
);

-- One row an address or path of a source. listing_id is the last listing that held it. A publication that its site no
-- longer shows has vanished_at and stays; one whose file could not be fetched has failed_at and the failure in words
-- until it can be.
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
    listing_id     integer not null references listings,
    vanished_at    text,
    failed_at      text,
    failure        text
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
-- of the file at the source when it was last looked at: while they stay, it need not be read again. For a file on the
-- web that is how the site listed it; etag and last_modified are what the site said of the file, and with them it is
-- asked whether it has another.
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
    etag           text,
    last_modified  text,
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

-- What a listing of a site found beside the reports to be read: the next one is measured against it.
create table if not exists site_visits (
    listing_id     integer primary key references listings,
    n_authorities  integer not null,
    n_publications integer not null
);

-- Every provider whose page was ever had: it is visited again even when it leaves the search.
create table if not exists providers (
    source         text not null,
    provider_urn   text not null,
    authority_name text not null,
    first_seen_at  text not null,
    last_seen_at   text not null,
    primary key (source, provider_urn)
);

-- Publications that a site lists and this project does not fetch, and why.
create table if not exists unread_publications (
    source         text not null,
    source_path    text not null,
    source_url     text,
    provider_urn   text,
    authority_name text,
    label          text,
    published_date text,
    because        text not null,
    first_seen_at  text not null,
    last_seen_at   text not null,
    primary key (source, source_path)
);
