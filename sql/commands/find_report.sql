-- @description: One row per report that $text may mean: an id, a hash, an address, or a part of a path; or, where $authority (its authority_id) is given, one of its reports that was published or is about an inspection or visit that began from $from to $to, if these are given.
with reports_written as (
    select
        r.*,
        a.authority_name,
        v.start_date,
        starts_with(r.report_id, lower($text)) or r.file_sha256 = lower($text) or $text = r.source_path
            or coalesce($text = r.source_url, false) as is_whole
    from core.reports r
    left join core.authorities a using (authority_id)
    left join core.activities v on v.report_id = r.report_id
)

select distinct report_id, file_sha256, title, authority_name, published_date, source_path, page_count, is_whole
from reports_written
where
    is_whole
    or case
        when $authority::varchar is null
            then contains(
                regexp_replace(lower(source_path), '\s+', ' ', 'g'), trim(regexp_replace(lower($text), '\s+', ' ', 'g'))
            )
        else authority_id = $authority::varchar
            and (
                $from::date is null
                or published_date between $from::date and $to::date
                or start_date between $from::date and $to::date
            )
    end
qualify is_whole = max(is_whole) over ()
order by authority_name, published_date, report_id
