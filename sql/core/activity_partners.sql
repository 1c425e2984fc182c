-- @description: One row per organisation that a visit or joint inspection is about: the visited body, those whom a joint letter is addressed to, the members of a local area partnership.
-- @grain: activity_id, ordinal
-- @column: activity_id | The activity, as in core.activities.
-- @column: ordinal | Order in the report.
-- @column: organisation_as_written | The organisation, or the office where the letter names only that.
-- @column: organisation_kind | authority, health, police, pcc (police and crime commissioner), probation, youth_justice, safeguarding_partnership, trust or other.
-- @unique: activity_id, ordinal
-- @not_null: activity_id, ordinal, organisation_as_written, organisation_kind
-- @references: activity_id | core.activities.activity_id
from staged.activity_partners order by activity_id, ordinal
