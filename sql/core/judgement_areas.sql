-- @description: The judgements that each framework makes, and the family that makes them comparable over time.
-- @grain: framework_code, judgement_code
-- @column: framework_code | The framework, as in core.frameworks.
-- @column: judgement_code | The judgement.
-- @column: area_code | Family for trends, as in core.areas: overall, leaders, help_and_protection, care, care_leavers, adoption, lscb or other.
-- @column: label | The judgement as the framework words it.
-- @column: is_key | Whether every full report of the framework has this judgement.
-- @column: limits_overall | Whether inadequate here makes overall inadequate.
-- @column: covers | All families that the grade speaks of, its own first: one grade for care and care leavers covers both.
-- @unique: framework_code, judgement_code
-- @not_null: framework_code, judgement_code, area_code, label, is_key, limits_overall, covers
-- @references: framework_code | core.frameworks.framework_code
-- @references: area_code | core.areas.area_code
select a.framework_code, a.judgement_code, a.area_code, a.label, a.is_key, a.limits_overall, a.covers
from staged.judgement_areas a
join staged.frameworks f using (framework_code)
order by f.sort_order, a.framework_code, a.judgement_code
