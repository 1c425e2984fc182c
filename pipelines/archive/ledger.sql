-- The ledger: what was seen when, at which address, and what was built of it. Times are UTC, to the second.

-- One row per listing of a source. A build works on the last one. reference is the folder of its own authorities.
create table if not exists listings (
    listing_id integer primary key,
    source     text not null,
    reference  text,
    selection  text not null,
    listed_at  text not null
);

-- One row per address or path of a source. listing_id is the last listing that held it. A publication that its site no
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

-- One row per file that the archive took in.
create table if not exists files (
    file_sha256   text primary key,
    n_bytes       integer not null,
    first_seen_at text not null
);

-- One row per file that is damaged in the archive and could not be fetched again: detail says which and why.
create table if not exists lost_files (
    file_sha256 text primary key references files,
    detail      text not null
);

-- One row per file that a publication served, or per reason why its file can't be taken in. The current one was served
-- last. file_state is what the source showed of the file: its size, time and inode, or how a site listed it. While that
-- stays, the file need not be read again. etag and last_modified make a conditional request.
create table if not exists file_versions (
    file_version_id integer primary key,
    publication_id  integer not null references publications,
    file_sha256     text references files,
    reason          text,
    detail          text,
    file_state      text,
    etag            text,
    last_modified   text,
    first_seen_at   text not null,
    last_seen_at    text not null,
    is_current      integer not null,
    check ((file_sha256 is null) = (reason is not null))
);
create unique index if not exists file_versions_key
    on file_versions (publication_id, coalesce(file_sha256, ''), coalesce(reason, ''));

-- One row per publication of which a whole file was ever got: when, and the address of the other file of its site to
-- which its own led then, if it did.
create table if not exists downloads (
    publication_id integer primary key references publications,
    downloaded_at  text not null,
    redirected_to  text
);

-- One row per file of the warehouse that was published last, and of its exports; and one for a warehouse that a build is
-- about to publish, or was when it was killed. state is its size, times and inode.
create table if not exists published_files (
    name        text not null,
    file_sha256 text not null,
    state       text not null,
    primary key (name, file_sha256)
);

-- One row per published warehouse. inputs is a hash of all it depends on.
create table if not exists builds (
    build_id              integer primary key,
    source                text not null,
    selection             text not null,
    inputs                text not null,
    warehouse_fingerprint text not null,
    published_at          text not null
);

-- One row per visit to a site: the next listing is measured against it.
create table if not exists site_visits (
    listing_id     integer primary key references listings,
    n_authorities  integer not null,
    n_publications integer not null
);

-- One row per provider whose page was ever read: it is visited again even when it leaves the search.
create table if not exists providers (
    source         text not null,
    provider_urn   text not null,
    authority_name text not null,
    first_seen_at  text not null,
    last_seen_at   text not null,
    primary key (source, provider_urn)
);

-- One row per publication that a site lists and this project does not fetch.
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

-- One row per publication of the current listing, with the file version that it served last, if any.
create view if not exists current_publications as
select
    publications.*,
    file_sha256,
    reason,
    detail,
    file_state,
    etag,
    last_modified,
    file_versions.first_seen_at as version_first_seen_at,
    file_versions.last_seen_at  as version_last_seen_at
from publications
left join file_versions
    on file_versions.publication_id = publications.publication_id and file_versions.is_current
where listing_id = (select max(listing_id) from listings);
