-- @description: What an authority, board or partnership was told to improve; one row a top-level item.
-- @grain: recommendation_id
-- @column: recommendation_id | Key of the item.
-- @column: inspection_id | The inspection, as in core.inspections.
-- @column: paragraph_id | The paragraph that it is.
-- @column: ordinal | Place of the item in its report.
-- @column: kind | area_for_improvement, recommendation or priority_action.
-- @column: addressed_to | authority, lscb or partnership.
-- @column: text | The item with its sub-bullets.
-- @column: national_framework_refs | References to the Children's Social Care National Framework, such as "outcome 4".
-- @prose: text
-- @unique: recommendation_id
-- @unique: inspection_id, ordinal
-- @not_null: recommendation_id, inspection_id, paragraph_id, ordinal, kind, addressed_to, text, national_framework_refs
-- @references: inspection_id | core.inspections.inspection_id
-- @references: paragraph_id | core.paragraphs.paragraph_id
-- @warning: References to the National Framework begin with inspections of January 2025.
select recommendation_id, inspection_id, paragraph_id, ordinal, kind, addressed_to, text, national_framework_refs
from staged.recommendations
order by inspection_id, ordinal
