-- @description: One row per date, region, family and grade: position_as_at for every 31 March and 30 September from 2014 to the last report.
-- @grain: reference_date, scope, region_name, area_code, grade
-- @column: reference_date | The date, as in core.reference_dates.
-- @column: published_by | Last day of publication that counts for the date.
-- @column: scope | England, ONS region (one of nine) or Ofsted region (one of eight).
-- @column: region_name | England, or the region's name.
-- @column: area_code | Family of the judgement.
-- @column: grade | The grade as a code.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: n_authorities | Authorities that held the grade.
-- @column: n_graded | The denominator: authorities that held any grade.
-- @column: share_percent | n_authorities divided by n_graded, rounded to whole per cent; null for not_judged.
-- @unique: reference_date, scope, region_name, area_code, grade
-- @not_null: reference_date, scope, region_name, area_code, grade, n_authorities, n_graded
-- @warning: Most regions are in both scopes under the same name: always filter by scope, or they count twice.
-- @warning: The first years rest on few inspections: look at n_graded before comparing.
select
    d.reference_date,
    d.published_by,
    p.scope,
    p.region_name,
    p.area_code,
    p.grade,
    p.grade_rank,
    p.n_authorities,
    p.n_graded,
    p.share_percent
from core.reference_dates d, position_as_at(d.reference_date, published_by := d.published_by) p
order by d.reference_date, p.scope, p.region_name, p.area_code, p.grade_rank nulls last
