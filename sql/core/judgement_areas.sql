-- @description: The judgements that each framework makes, and the family that makes them comparable over time.
-- @grain: framework_code, judgement_code
-- @column: framework_code | The framework, as in core.frameworks.
-- @column: judgement_code | The judgement.
-- @column: area_code | Family for trends: overall, leaders, help_and_protection, care, care_leavers, adoption, lscb or other.
-- @column: label | The judgement as the framework words it.
-- @column: is_key | Whether every full report of the framework has this judgement.
-- @unique: framework_code, judgement_code
-- @not_null: framework_code, judgement_code, area_code, label, is_key
-- @references: framework_code | core.frameworks.framework_code
select a.framework_code, a.judgement_code, a.area_code, a.label, a.is_key
from staged.judgement_areas a
join staged.frameworks f using (framework_code)
order by f.sort_order, a.framework_code, a.judgement_code
