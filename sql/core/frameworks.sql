-- @description: The frameworks under which Ofsted has inspected, and the inspection dates they were in force for.
-- @grain: framework_code
-- @column: framework_code | Short name of the framework.
-- @column: name | Full name.
-- @column: first_inspection_date | Earliest start of an inspection under it.
-- @column: last_inspection_date | Latest end of an inspection under it; null while it is in force.
-- @column: sort_order | Order in which the frameworks came.
-- @unique: framework_code
-- @not_null: framework_code, name, first_inspection_date, sort_order
-- @warning: A framework goes by the date of inspection; reports under an old one are published weeks into the next.
select framework_code, name, first_inspection_date, last_inspection_date, sort_order
from staged.frameworks
order by sort_order, framework_code
