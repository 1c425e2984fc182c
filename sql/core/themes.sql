-- @description: One row per theme that visits and joint inspections look at.
-- @grain: theme_code
-- @column: theme_code | Short name of the theme.
-- @column: remit | focused_visit (and monitoring visits) or jtai.
-- @column: name | Name; of focused visits as in Ofsted's in-year sheets.
-- @column: is_in_letters | Whether letters tell it; otherwise only Ofsted's sheets do.
-- @unique: theme_code
-- @not_null: theme_code, remit, name, is_in_letters
-- @warning: "Assurance visit" and "Placement decision-making" stand in Ofsted's sheets only. Letters that speak of placement decision-making are about children in care (in_care), as Ofsted's sheets of 2022-23 and 2024-25 have them.
from staged.themes order by remit, theme_code
