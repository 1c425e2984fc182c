-- @description: When a new framework began, for the authorities inspected since.
select distinct a.page, p.first_inspection_date, p.name
from core.frameworks p
join marts.full_inspections f using (framework_code)
join site_authorities a using (authority_id)
where p.inspection_kind is distinct from 'reinspection'
order by a.page, p.first_inspection_date
