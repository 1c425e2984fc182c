-- @description: Every official row that tells of an inspection or visit is put together with those that tell of the same one.
-- @table: official.activities
-- @severity: blocking
-- @scope: build
select r.row_id, r.activity_kind, r.framework_family, r.inspection_kind
from official.rows r
anti join (select unnest(row_ids) as row_id from official.activities) told using (row_id)
where r.is_inspected
