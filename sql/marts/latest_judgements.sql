-- @description: The grades in force: one row per judgement of each current authority's latest full inspection.
-- @grain: authority_id, area_code
-- @column: authority_id | The authority, as in core.authorities.
-- @column: provider_urn | URN of the authority.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: ofsted_region_name | One of Ofsted's eight regions.
-- @column: area_code | Family of the judgement.
-- @column: judgement_code | The judgement.
-- @column: grade | The grade as a code.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: inspection_id | The inspection that gave it, as in marts.full_inspections.
-- @column: basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: framework_code | Framework of that inspection.
-- @column: inspection_kind | Kind of that inspection.
-- @column: start_date | First day of that inspection.
-- @column: start_date_basis | report, official statistics, or bound where it is reckoned from the date of publication.
-- @column: published_date | Date of publication of its report.
-- @unique: authority_id, area_code
-- @not_null: authority_id, area_code, grade
-- @warning: Where basis is official statistics a later inspection may be missing: official.editions says up to when its edition knows.
-- @warning: Authorities not yet inspected since a merger or split have no rows.
-- @warning: Authorities inspected since April 2026 have no row for overall.
select
    a.authority_id,
    a.provider_urn,
    a.authority_name,
    a.region_name,
    a.ofsted_region_name,
    j.area_code,
    j.judgement_code,
    j.grade,
    j.grade_rank,
    f.inspection_id,
    f.basis,
    f.framework_code,
    f.inspection_kind,
    f.start_date,
    f.start_date_basis,
    f.published_date
from marts.full_inspections f
join core.authorities a using (authority_id)
join marts.all_judgements j using (inspection_id)
where a.is_current and f.next_start_date is null
order by a.authority_name, j.area_code
