-- @description: What stands in the warehouse besides the reports, by title: editions of statistics, and where lists are from.
select title
from (
    select title || ' (Ofsted''s statistics, file ' || file_name || ')' as title, 1 as part from official.editions
    union
    select 'Statistical neighbours, ' || source, 2 from core.statistical_neighbours where source is not null
) s
order by part, title
