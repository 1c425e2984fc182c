-- @description: The frameworks under which Ofsted has inspected, and the inspection dates they were in force for.
-- @grain: framework_code
-- @column: framework_code | Short name of the framework.
-- @column: name | Full name.
-- @column: first_inspection_date | Earliest start of an inspection under it.
-- @column: last_inspection_date | Latest end of an inspection under it; null while it is in force.
-- @column: sort_order | Order in which the frameworks came.
-- @column: framework_family | Family of frameworks: an inspection and its re-inspection, or one programme in all its versions.
-- @column: inspection_kind | The kind of all its inspections; null where it follows from the days on site.
-- @column: is_current_programme | Whether its family is Ofsted's present programme, by whose inspections improvement and decline are counted.
-- @column: overall_limit | one_way: overall is inadequate if a judgement with limits_overall is; both_ways: if and only if; null without such a rule.
-- @column: scale | The grades that it gives, best first; not_judged is beside every scale.
-- @unique: framework_code
-- @not_null: framework_code, name, first_inspection_date, sort_order, framework_family, is_current_programme, scale
-- @warning: A framework goes by the date of inspection; reports under an old one are published weeks into the next.
select
    framework_code,
    name,
    first_inspection_date,
    last_inspection_date,
    sort_order,
    framework_family,
    inspection_kind,
    is_current_programme,
    overall_limit,
    scale
from staged.frameworks
order by sort_order, framework_code
