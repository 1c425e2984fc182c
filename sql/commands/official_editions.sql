-- @description: One row per edition of Ofsted's own statistics that is kept, or that was refused.
select as_at_date, published_by_date as published_by, file_name, n_rows, array_to_string(sheets_read, ', ') as sheets_read,
    nullif(array_to_string(sheets_unknown, '; '), '') as large_sheets_not_known
from official.editions
union all by name
select file_name, 'refused: ' || reason as sheets_read
from quality.refused_editions
order by as_at_date nulls last, file_name
