-- @description: One row per difference that somebody looked at and accepted, with the evidence.
-- @grain: as_at_date, sheet, authority_id, item, official_value
-- @column: as_at_date | Date of the edition's figures.
-- @column: sheet | Name of the sheet.
-- @column: authority_id | The authority, as in core.authorities.
-- @column: item | As in quality.official_differences.
-- @column: official_value | What the sheet says; null where only we tell of it.
-- @column: our_value | What the report says; null where only the sheet tells of it.
-- @column: reason_code | OFFICIAL_ERROR, REVISED_BY_OFSTED or OFFICIAL_EXCEPTION_TO_CUT_OFF.
-- @column: why | What is wrong on which side.
-- @column: evidence | What shows it.
-- @not_null: as_at_date, sheet, authority_id, item, reason_code, why, evidence
-- @references: reason_code | official.difference_reasons.reason_code
-- @warning: A value that we read wrongly does not belong here: correct the rule that reads it.
select d.as_at_date, d.sheet, k.authority_id, d.item, d.official_value, d.our_value, d.reason_code, d.why, d.evidence
from staged.accepted_differences d
join core.authority_codes k using (la_code_gss)
order by all
