-- @description: The grades of today's scale, by rank.
select '' as page, grade_rank, label
from core.grades
where grade_rank is not null
qualify row_number() over (partition by grade_rank order by grade in (select unnest(scale) from core.frameworks where last_inspection_date is null) desc, grade) = 1
order by grade_rank
