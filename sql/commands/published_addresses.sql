-- @description: Every accepted report as its site listed it, with its file.
select
    r.source_path,
    r.source_url,
    r.provider_urn,
    a.authority_name,
    r.label_as_published,
    r.published_date,
    r.file_sha256
from core.reports r
join core.authorities a using (authority_id)
where r.source_url is not null
order by all
