-- @description: The families that make judgements comparable over time and over frameworks.
-- @grain: area_code
-- @column: area_code | Family of judgements, as in core.judgement_areas.
-- @column: label | The family as a reader calls it.
-- @column: sort_order | Order in which people look at the families.
-- @column: is_overall | Whether it is overall effectiveness.
-- @column: is_service | Whether it is one of the four that comparisons of services show: leaders, help and protection, care, care leavers.
-- @column: is_of_authority | Whether it grades the authority itself, so that its grade bears on overall; false for the Safeguarding Children Board.
-- @column: is_series | Whether an inspection has at most one judgement of it, so that its grades make one series.
-- @unique: area_code
-- @not_null: area_code, label, sort_order, is_overall, is_service, is_of_authority, is_series
select area_code, label, sort_order::integer as sort_order, is_overall, is_service, is_of_authority, is_series
from staged.areas
order by sort_order
