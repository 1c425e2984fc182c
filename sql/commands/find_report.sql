-- @description: One row per report that $text may mean: an id, a hash, an address, part of a path, or "authority date".
select r.report_id, r.file_sha256, r.title, a.authority_name, r.published_date, r.source_path, r.page_count
from core.reports r
left join core.authorities a using (authority_id)
where
    starts_with(r.report_id, lower($text))
    or starts_with(r.file_sha256, lower($text))
    or contains(lower(r.source_path), lower($text))
    or r.source_url = $text
    or lower(a.authority_name || ' ' || strftime(r.published_date, '%Y-%m-%d')) = lower($text)
order by a.authority_name, r.published_date
