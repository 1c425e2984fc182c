-- @description: An authority is of the type that its GSS code tells.
-- @table: core.authorities
-- @severity: blocking
-- @scope: build
select a.authority_id, a.authority_name, a.la_code_gss, a.authority_type, t.authority_type as type_of_code
from core.authorities a
join core.authority_types t on starts_with(a.la_code_gss, t.code_prefix)
where a.authority_type is distinct from t.authority_type
order by all
