-- @description: One row per authority and family with the grade in force on a date, counted as Ofsted counts: from the latest full inspection of each authority that existed then.
-- @grain: authority_id, area_code
-- @parameter: reference_date | The date. Inspections that started on or before it count.
-- @parameter: published_by | Last day of publication that counts; null counts every report. Ofsted uses 30 April for 31 March up to 2023, and 30 June for 2024 and 2025.
-- @column: authority_id | The authority, as in core.authorities.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: ofsted_region_name | One of Ofsted's eight regions.
-- @column: area_code | Family of the judgement: leadership of earlier frameworks counts as leaders, looked after as care.
-- @column: judgement_code | The judgement.
-- @column: grade | The grade as a code.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: inspection_id | The inspection that gave it.
-- @column: framework_code | Framework of that inspection.
-- @column: start_date | First day of that inspection.
-- @column: published_date | Date of publication of its report.
-- @warning: Authorities without a full inspection have no row: divide by the number of rows, not of authorities.
-- @warning: Grades carry over a change of code, but not over a merger or split.
create or replace macro as_at(reference_date, published_by := null) as table
with latest_full_inspection as (
    select f.*
    from marts.full_inspections f
    where
        f.start_date <= reference_date::date
        and (published_by is null or f.published_date <= published_by::date)
    qualify row_number() over (partition by f.authority_id order by f.inspection_number desc) = 1
)

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
    l.inspection_id,
    l.framework_code,
    l.start_date,
    l.published_date
from latest_full_inspection l
join core.authorities a using (authority_id)
join core.judgements j using (inspection_id)
where
    coalesce(a.valid_from_date, date '0001-01-01') <= reference_date::date
    and reference_date::date <= coalesce(a.valid_to_date, date '9999-12-31')
