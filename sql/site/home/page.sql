-- @description: The front page: how far the record goes, and the judgement that its map shows first: the first that enough authorities have.
select
    '' as page,
    d.known_until,
    (select max(published_date) from core.reports) as published_up_to,
    (select count(*) from core.reports) as n_reports,
    (select count(*) from marts.full_inspections) as n_inspections,
    -- Inspections before this framework replace nothing: they are no full inspections here.
    (select min(p.first_inspection_date) from marts.full_inspections join core.frameworks p using (framework_code)) as counted_from_date,
    (select count(*) > 0 from official.editions) as has_statistics,
    (select count(*) from site_authorities where is_current and known_until is not null) as n_known_earlier,
    (select max(known_until) from site_authorities where is_current) as known_earlier,
    s.*
from site_days d
left join site_shares s
    on s.scope = 'England' and s.reference_date = d.known_until
order by s.share_percent is null, s.sort_order
limit 1
