-- What the ledger asks of its tables and writes to them, by name. Each write is part of a transaction.

-- name: has_servings()^
-- The name that file versions had in the first ledgers.
select 1 from sqlite_master where name = 'servings';

-- name: rename_servings#
alter table servings rename to file_versions;
alter table file_versions rename column serving_id to file_version_id;
drop index servings_key;

-- name: current_listing()^
select * from listings order by listing_id desc limit 1;

-- name: last_listed_at()$
-- The last in order, not in time: a clock that was wrong once would be believed until it is right.
select listed_at from listings order by listing_id desc limit 1;

-- name: source_listed_at(source)$
select listed_at from listings where source = :source order by listing_id desc limit 1;

-- name: last_whole_listing(source)$
select coalesce(max(listing_id), 0) from listings where source = :source and selection = '';

-- name: insert_listing<!
insert into listings (source, reference, selection, listed_at)
values (:source, :reference, :selection, :now);

-- name: upsert_publications*!
-- Only what was seen gets a new time of being seen.
insert into publications (
    source_path, source_url, provider_urn, authority_name, label, published_date,
    source, location, first_seen_at, last_seen_at, listing_id, vanished_at
)
values (
    :source_path, :source_url, :provider_urn, :authority_name, :label, :published_date,
    :source, :location, :now, :now, :listing_id, iif(:status = 'vanished', :now, null)
)
on conflict (source, source_path, coalesce(source_url, '')) do update set
    provider_urn = excluded.provider_urn,
    authority_name = excluded.authority_name,
    label = excluded.label,
    published_date = excluded.published_date,
    location = excluded.location,
    first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at = iif(:status = 'seen', excluded.last_seen_at, last_seen_at),
    listing_id = excluded.listing_id,
    vanished_at = iif(excluded.vanished_at is null, null, coalesce(vanished_at, excluded.vanished_at));

-- name: n_known(source)$
select count(*) from publications where source = :source;

-- name: n_listed_between(source, first, last)$
select count(*) from publications where source = :source and listing_id between :first and :last;

-- name: n_published(listing_id)$
select count(*) from publications where listing_id = :listing_id and vanished_at is null;

-- name: insert_site_visit(listing_id, n_authorities, n_publications)!
insert into site_visits values (:listing_id, :n_authorities, :n_publications);

-- name: last_site_visit(source)^
select n_authorities, n_publications
from site_visits
join listings using (listing_id)
where source = :source
order by listing_id desc
limit 1;

-- name: upsert_providers*!
insert into providers values (:source, :provider_urn, :authority_name, :now, :now)
on conflict (source, provider_urn) do update set
    authority_name = excluded.authority_name,
    last_seen_at = excluded.last_seen_at;

-- name: upsert_unread*!
insert into unread_publications values (
    :source, :source_path, :source_url, :provider_urn, :authority_name, :label, :published_date, :because, :now, :now
)
on conflict (source, source_path) do update set
    source_url = excluded.source_url,
    authority_name = excluded.authority_name,
    label = excluded.label,
    published_date = excluded.published_date,
    because = excluded.because,
    last_seen_at = excluded.last_seen_at;

-- name: delete_unread_that_are_read(source)!
delete from unread_publications
where source = :source and source_path in (select source_path from publications where source = :source);

-- name: publications_of(source)
select * from publications where source = :source;

-- name: unread_of(source)
select * from unread_publications where source = :source;

-- name: providers_of(source)
select * from providers where source = :source;

-- name: holdings()
select *
from current_publications
left join downloads using (publication_id)
left join (select file_sha256, n_bytes from files) using (file_sha256)
where vanished_at is null
order by source_path, source_url;

-- name: archived_reports()
select *
from current_publications
left join downloads using (publication_id)
where version_first_seen_at is not null
order by source_path, source_url;

-- name: earlier_versions()
-- The files that publications of the current listing served before, the last one first.
select publication_id, file_sha256
from file_versions
where
    not is_current
    and file_sha256 is not null
    and publication_id in (select publication_id from current_publications)
order by publication_id, last_seen_at desc, file_version_id desc;

-- name: held_paths(source)
select source_path
from publications
join file_versions using (publication_id)
where source = :source and is_current and file_sha256 is not null;

-- name: site_counts()^
select
    count(*) filter (where failed_at is not null and vanished_at is null) as n_failed,
    count(vanished_at) as n_vanished,
    count(*) filter (where vanished_at is not null and version_first_seen_at is not null) as n_kept,
    count(*) filter (where vanished_at is null and version_first_seen_at is null) as n_not_held,
    count(distinct file_sha256) as n_files,
    count(file_sha256) - count(distinct file_sha256) as n_same_file
from current_publications;

-- name: insert_file(file_sha256, n_bytes, now)!
insert or ignore into files values (:file_sha256, :n_bytes, :now);

-- name: outdate_file_versions(publication_id)!
update file_versions set is_current = 0 where publication_id = :publication_id;

-- name: upsert_file_version(publication_id, file_sha256, reason, detail, file_state, etag, last_modified, now)!
insert into file_versions (
    publication_id, file_sha256, reason, detail, file_state, etag, last_modified, first_seen_at, last_seen_at, is_current
)
values (:publication_id, :file_sha256, :reason, :detail, :file_state, :etag, :last_modified, :now, :now, 1)
on conflict (publication_id, coalesce(file_sha256, ''), coalesce(reason, '')) do update set
    detail = excluded.detail,
    file_state = excluded.file_state,
    etag = excluded.etag,
    last_modified = excluded.last_modified,
    first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at = excluded.last_seen_at,
    is_current = 1;

-- name: upsert_download(publication_id, now, redirected_to)!
insert into downloads values (:publication_id, :now, :redirected_to)
on conflict (publication_id) do update set
    downloaded_at = excluded.downloaded_at,
    redirected_to = excluded.redirected_to;

-- name: lost_files()
select * from lost_files order by file_sha256;

-- name: insert_lost_file(file_sha256, detail)!
insert or replace into lost_files values (:file_sha256, :detail);

-- name: delete_lost_file(file_sha256)!
delete from lost_files where file_sha256 = :file_sha256;

-- name: confirm_file_versions(now, publication_ids)!
update file_versions
set last_seen_at = :now
where is_current and publication_id in (select value from json_each(:publication_ids));

-- name: clear_failures(publication_ids)!
update publications
set failed_at = null, failure = null
where failed_at is not null and publication_id in (select value from json_each(:publication_ids));

-- name: record_failure(now, failure, publication_id)!
update publications set failed_at = :now, failure = :failure where publication_id = :publication_id;

-- name: insert_build(source, selection, inputs, warehouse_fingerprint, published_at)!
insert into builds (source, selection, inputs, warehouse_fingerprint, published_at)
values (:source, :selection, :inputs, :warehouse_fingerprint, :published_at);

-- name: delete_published_files()!
delete from published_files;

-- name: insert_published_files*!
insert or replace into published_files values (:name, :file_sha256, :state);

-- name: published_files()
select * from published_files order by name;

-- name: archived_files()
select file_sha256 from files order by file_sha256;

-- name: last_build()^
select * from builds order by build_id desc limit 1;

-- name: builds_of(warehouse_fingerprint)
select * from builds where warehouse_fingerprint = :warehouse_fingerprint order by build_id desc;
