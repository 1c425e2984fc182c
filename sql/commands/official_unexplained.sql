-- @description: One row per difference that nothing explains yet.
select e.file_name, d.sheet, d.cell, d.authority_name, d.item, d.official_value, d.our_value, d.side, d.activity_id, d.page_url
from quality.official_differences d
join official.editions e using (edition_id)
where d.reason_code = 'UNEXPLAINED'
order by all
