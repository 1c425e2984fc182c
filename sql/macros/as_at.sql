-- @description: One row per authority and family with the grade in force on a date, counted as Ofsted counts: from the latest full inspection of each authority that existed then.
-- @grain: authority_id, area_code
-- @parameter: reference_date | The date. Inspections that started on or before it count.
-- @parameter: published_by | Last day of publication that counts. null: the date's own, where core.reference_dates has one, otherwise every report. '9999-12-31' counts every report on any date.
-- @column: authority_id | The authority, as in core.authorities.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: ofsted_region_name | One of Ofsted's eight regions.
-- @column: area_code | Family of the judgement: leadership of earlier frameworks counts as leaders, looked after as care.
-- @column: judgement_code | The judgement.
-- @column: grade | The grade as a code.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: inspection_id | The inspection that gave it, as in marts.all_inspections.
-- @column: framework_code | Framework of that inspection.
-- @column: start_date | First day of that inspection.
-- @column: published_date | Date of publication of its report.
-- @column: basis | report, or official statistics where no report in this warehouse tells of the inspection.
-- @column: start_date_basis | report, official statistics, or bound where the first day is reckoned as 62 days before publication, which is mostly some days too late.
-- @column: published_by | The cut-off that was applied; null where every report counts.
-- @warning: Authorities without a full inspection have no row: divide by the number of rows, not of authorities. quality.coverage names those whose report is missing.
-- @warning: Grades carry over a change of code, but not over a merger or split.
-- @warning: Counts by the date printed in the report where the link's is later. Where no date of publication is known a report counts by its first day, unless published_by is given.
create or replace macro as_at(reference_date, published_by := null) as table
-- As maps, because DuckDB joins to a date of another table (as_at(d.reference_date)) only what must be there.
with own_cut_offs as (
    select
        map(list(r.reference_date), list(r.published_by)) as of_date,
        (
            select map(list(x.reference_date || x.authority_id), list(x.published_by))
            from core.reference_date_exceptions x
        ) as of_authority
    from core.reference_dates r
),

inspections_begun as (
    select
        f.*,
        map_extract(o.of_date, reference_date::date)[1] as own_cut_off,
        map_extract(o.of_authority, reference_date::date || f.authority_id)[1] as let_in_by
    from marts.full_inspections f
    cross join own_cut_offs o
    where f.start_date <= reference_date::date
),

inspections_told as (
    select
        b.*,
        coalesce(published_by::date, b.own_cut_off) as cut_off,
        case when coalesce(published_by::date, b.own_cut_off) = b.own_cut_off then b.let_in_by end as also_by
    from inspections_begun b
),

latest_full_inspection as (
    from inspections_told t
    where
        t.counted_date <= greatest(coalesce(t.cut_off, date '9999-12-31'), t.also_by)
        or (t.counted_date is null and coalesce(published_by::date, date '9999-12-31') = date '9999-12-31')
    qualify row_number() over (partition by t.authority_id order by t.inspection_number desc) = 1
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
    l.published_date,
    l.basis,
    l.start_date_basis,
    nullif(l.cut_off, date '9999-12-31') as published_by
from latest_full_inspection l
join core.authorities a using (authority_id)
join marts.all_judgements j using (inspection_id)
where
    coalesce(a.valid_from_date, date '0001-01-01') <= reference_date::date
    and reference_date::date <= coalesce(a.valid_to_date, date '9999-12-31')
