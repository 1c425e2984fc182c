-- @description: No section heading states another grade than the cover, the sentence or the table.
-- @table: core.judgements
-- @severity: warning
select inspection_id, judgement_code, grade, page_number
from core.judgements
where is_confirmed_by_heading = false
