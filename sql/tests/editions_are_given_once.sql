-- @description: No two editions of Ofsted's own statistics have one date and a sheet of the same name: the same edition in two forms would count twice.
-- @table: official.editions
-- @severity: warning
-- @scope: build
select a.edition_id, a.file_name, b.file_name as other_file_name, a.as_at_date
from official.editions a
join official.editions b on b.as_at_date = a.as_at_date and b.edition_id > a.edition_id
where list_has_any(a.sheets_read, b.sheets_read)
