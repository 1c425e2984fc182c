-- @description: One row per date, region, family and grade of the scale: position_as_at for every date of core.reference_dates up to the last report.
-- @grain: reference_date, scope, region_name, area_code, grade
-- @column: reference_date | The date, as in core.reference_dates.
-- @column: published_by | Last day of publication that counts for the date.
-- @column: scope | England, ONS region (one of nine) or Ofsted region (one of eight).
-- @column: region_name | England, or the region's name.
-- @column: area_code | Family of the judgement.
-- @column: grade | The grade as a code.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: n_authorities | Authorities that held the grade; 0 where none did.
-- @column: n_from_official_statistics | Those of them whose grade no report in this warehouse gives.
-- @column: n_graded | The denominator: authorities that held any grade of the family.
-- @column: n_existing | Authorities that existed on the date.
-- @column: share_percent | n_authorities divided by n_graded, rounded to whole per cent; null where share_note says why.
-- @column: share_note | Why there is no share: fewer than 90% of the authorities that existed hold a grade of the family, or not_judged, which is no grade; null where there is one.
-- @column: coverage_note | Of how many authorities the grades in force are known, and whose report is missing; null where all are known.
-- @unique: reference_date, scope, region_name, area_code, grade
-- @not_null: reference_date, scope, region_name, area_code, grade, n_authorities, n_from_official_statistics, n_graded, n_existing
-- @warning: Most regions are in both scopes under the same name: always filter by scope, or they count twice.
-- @warning: Every grade of the scale has a row, but not_judged has one only where an authority was not judged, and is in no denominator.
-- @warning: The first years rest on few inspections, and families that are not judged everywhere on some authorities: there are counts, but no share.
select
    d.reference_date,
    d.published_by,
    p.scope,
    p.region_name,
    p.area_code,
    p.grade,
    p.grade_rank,
    p.n_authorities,
    p.n_from_official_statistics,
    p.n_graded,
    p.n_existing,
    p.share_percent,
    p.share_note,
    p.coverage_note
from core.reference_dates d, position_as_at(d.reference_date) p
order by d.reference_date, p.scope, p.region_name, p.area_code, p.grade_rank nulls last
