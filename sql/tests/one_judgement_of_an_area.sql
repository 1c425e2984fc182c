-- @description: An inspection has at most one judgement of a family, but for the family "other".
-- @table: core.judgements
-- @severity: blocking
select inspection_id, area_code, count(*) as n_judgements
from core.judgements
where area_code <> 'other'
group by inspection_id, area_code
having count(*) > 1
