-- @description: A section in a part of a report that is named for a judgement reports on that judgement, and one in an annex on none.
-- @table: core.sections
-- @severity: warning
select s.report_id, s.page_number, s.heading, s.part, s.judgement_code, s.grade
from core.sections s
where
    (s.part = 'annex' and (s.judgement_code is not null or s.grade is not null))
    or (s.part in (select area_code from core.areas) and s.area_code is distinct from s.part)
