-- @description: One row per visit or joint inspection: what it looked at and found, the authority's grades at the time, and the full inspections before and after it.
-- @grain: activity_id
-- @column: activity_id | The visit or joint inspection, as in marts.all_activities.
-- @column: visit_basis | report, or official statistics where no report or letter in this warehouse tells of it.
-- @column: report_id | Its report or letter, as in core.reports; null where visit_basis is official statistics.
-- @column: authority_id | Authority in whose area it took place, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: activity_kind | What took place, as in core.activities.
-- @column: theme_code | What it looked at, as in core.themes; null where the letter names none of them.
-- @column: theme_name | Name of the theme.
-- @column: start_date | First day of the visit.
-- @column: end_date | Last day of the visit; null where no letter tells.
-- @column: published_date | Date of publication of the report or letter.
-- @column: lead_inspector_name | As printed, several joined by "; "; null where nobody is named as the lead.
-- @column: outcome_code | The outcome of an inspection that ends in one, as in core.outcomes.
-- @column: n_priority_actions | Areas for priority action; null without a report or letter.
-- @column: n_areas_for_improvement | Areas for improvement and recommendations; null without a report or letter.
-- @column: inspection_id | The authority's latest full inspection that was published by the start of the visit; null where none is known.
-- @column: inspection_start_date | First day of that inspection.
-- @column: inspection_start_date_basis | report, official statistics, or bound where that day is reckoned from the date of publication.
-- @column: basis | report, or official statistics where no report in this warehouse tells of that inspection.
-- @column: days_since_inspection | Days from that day to the start of the visit; null where that day is a bound.
-- @column: overall_grade | Overall effectiveness at that inspection; null since April 2026.
-- @column: leaders_grade | Grade for leadership then.
-- @column: help_and_protection_grade | Grade for help and protection then.
-- @column: care_grade | Grade for children looked after or in care then; before 2023 often one grade with care leavers.
-- @column: care_leavers_grade | Grade for care leavers then, where there is a separate one.
-- @column: next_start_date | First day of the authority's next full inspection; null where none is known yet.
-- @column: next_start_date_basis | The same as inspection_start_date_basis for that day.
-- @column: days_to_next | Days from the start of the visit to that day; null where there is none, or it is a bound.
-- @column: source_url | Address of the report or letter; null where it came from a folder.
-- @unique: activity_id
-- @not_null: activity_id, visit_basis, authority_id, authority_name, activity_kind, start_date
-- @warning: The grades are the authority's, as known when the visit began. The visit gave none and changed none.
-- @warning: Ofsted's statistics list the visits of single years: where visit_basis is official statistics, visits of other years may be missing.
-- @warning: A joint inspection looks at health, police and others, too: the authority's grades are not theirs.
with visits as (
    from marts.all_activities a anti join marts.all_inspections i on i.inspection_id = a.activity_id
),

known as (
    select v.activity_id, f.inspection_id, f.start_date, f.start_date_basis, f.basis
    from visits v
    join marts.full_inspections f on f.authority_id = v.authority_id and f.counted_date <= v.start_date
    qualify row_number() over (partition by v.activity_id order by f.inspection_number desc) = 1
),

following as (
    select v.activity_id, min(f.start_date) as start_date, arg_min(f.start_date_basis, f.start_date) as start_date_basis
    from visits v
    join marts.full_inspections f on f.authority_id = v.authority_id and f.start_date > v.start_date
    group by v.activity_id
)

select
    v.activity_id,
    v.basis as visit_basis,
    v.report_id,
    v.authority_id,
    a.authority_name,
    a.region_name,
    v.activity_kind,
    v.theme_code,
    t.theme_name,
    v.start_date,
    v.end_date,
    v.published_date,
    t.lead_inspector_name,
    t.outcome_code,
    t.n_priority_actions,
    t.n_areas_for_improvement,
    k.inspection_id,
    k.start_date as inspection_start_date,
    k.start_date_basis as inspection_start_date_basis,
    k.basis,
    if(k.start_date_basis = 'bound', null, v.start_date - k.start_date) as days_since_inspection,
    g.overall as overall_grade,
    g.leaders as leaders_grade,
    g.help_and_protection as help_and_protection_grade,
    g.care as care_grade,
    g.care_leavers as care_leavers_grade,
    n.start_date as next_start_date,
    n.start_date_basis as next_start_date_basis,
    if(n.start_date_basis = 'bound', null, n.start_date - v.start_date) as days_to_next,
    t.source_url
from visits v
join core.authorities a using (authority_id)
join marts.authority_timeline t using (activity_id)
left join known k using (activity_id)
left join following n using (activity_id)
left join marts.authority_timeline g on g.inspection_id = k.inspection_id
order by a.authority_name, v.authority_id, v.start_date, v.activity_id
