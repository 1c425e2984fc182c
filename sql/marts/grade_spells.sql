-- @description: One row per spell: the time for which an authority held one grade in one family, over all full inspections that confirmed it, and how it ended.
-- @grain: authority_id, area_code, from_date
-- @column: authority_id | The authority, as in core.authorities.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: area_code | Family of the judgement.
-- @column: grade | The grade held.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: inspection_id | The inspection that first gave the grade, as in marts.full_inspections.
-- @column: basis | report, or official statistics where no report in this warehouse tells of that inspection.
-- @column: from_date | First day of that inspection.
-- @column: from_date_basis | report, official statistics, or bound where it is reckoned from the date of publication.
-- @column: to_date | Day before the next full inspection that did not give it, or the authority's last day; null while the spell lasts.
-- @column: to_date_basis | What the first day of that next inspection rests on, as from_date_basis; null where no inspection ended the spell.
-- @column: n_inspections | Full inspections in a row that gave the grade.
-- @column: end_reason | better or worse, as the next full inspection found; censored_open; censored_authority_ended; censored_no_longer_judged; null for not_judged, which is no grade.
-- @column: is_censored | Whether the spell ended, or the record did, without another grade; null for not_judged.
-- @column: censor_date | The last day on which the grade is known to have been held: the end of the record as in marts.inspection_intervals, the authority's last day, or the day before the inspection that did not judge the family; null for better and worse.
-- @column: n_days | Days from from_date to the first day of the inspection that gave another grade, or to censor_date; null where one of the days is a bound, and for not_judged.
-- @not_null: authority_id, area_code, grade, basis, from_date, from_date_basis
-- @warning: A spell also ends where the next full inspection does not judge the family, as with adoption after 2018: with no row for it, or with not_judged. A grade that comes back later begins a spell of its own.
-- @warning: A row of not_judged only keeps the place: nothing is known of those years, and it has no reason to end.
-- @warning: The first spell of an authority may have begun under an inspection before November 2013, which does not count here: marts.earlier_inspections has those.
-- @warning: An average over spells that are not censored is too short: use n_days with is_censored.
with graded as (
    select
        f.authority_id,
        j.area_code,
        j.grade,
        j.grade_rank,
        f.inspection_id,
        f.inspection_number,
        f.inspection_number
        - row_number() over (partition by f.authority_id, j.area_code, j.grade order by f.inspection_number) as island
    from marts.full_inspections f
    join marts.all_judgements j using (inspection_id)
),

spells as (
    select
        authority_id,
        area_code,
        grade,
        any_value(grade_rank) as grade_rank,
        arg_min(inspection_id, inspection_number) as first_id,
        arg_max(inspection_id, inspection_number) as last_id,
        count(*) as n_inspections
    from graded
    group by authority_id, area_code, grade, island
),

ended as (
    select
        s.*,
        f.basis,
        f.start_date as from_date,
        f.start_date_basis as from_date_basis,
        i.next_start_date,
        i.next_start_date_basis,
        i.censor_date as last_date,
        case
            when s.grade_rank is null then null
            when i.is_censored then i.end_reason
            when n.grade_rank < s.grade_rank then 'better'
            when n.grade_rank > s.grade_rank then 'worse'
            else 'censored_no_longer_judged'
        end as end_reason,
        i.end_reason = 'censored_authority_ended' as has_authority_ended
    from spells s
    join marts.full_inspections f on f.inspection_id = s.first_id
    join marts.inspection_intervals i on i.inspection_id = s.last_id
    left join marts.all_judgements n on n.inspection_id = i.next_inspection_id and n.area_code = s.area_code
),

censored as (
    select
        *,
        end_reason like 'censored%' as is_censored,
        if(end_reason like 'censored%', coalesce(last_date, next_start_date - 1), null) as censor_date
    from ended
)

select
    e.authority_id,
    a.provider_urn,
    a.authority_name,
    e.area_code,
    e.grade,
    e.grade_rank,
    e.first_id as inspection_id,
    e.basis,
    e.from_date,
    e.from_date_basis,
    if(e.has_authority_ended, a.valid_to_date, e.next_start_date - 1) as to_date,
    e.next_start_date_basis as to_date_basis,
    e.n_inspections,
    e.end_reason,
    e.is_censored,
    e.censor_date,
    if(
        e.end_reason is null or 'bound' in (e.from_date_basis, coalesce(e.next_start_date_basis, '')),
        null,
        coalesce(e.censor_date, e.next_start_date) - e.from_date
    ) as n_days
from censored e
join core.authorities a using (authority_id)
order by a.authority_name, e.authority_id, e.area_code, e.from_date
