-- @description: One row per spell in which an authority was inadequate in a family: when it was next inspected, the result, and how long until a better grade.
-- @grain: authority_id, area_code, from_date
-- @column: authority_id | The authority, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: area_code | Family of the judgement.
-- @column: from_date | First day of the inspection that first found it inadequate.
-- @column: next_start_date | First day of the next full inspection; null where there was none.
-- @column: next_grade | Grade in the family then; null where it was not judged, or there was no inspection.
-- @column: days_to_next | Days from from_date to next_start_date.
-- @column: better_date | First day of the inspection that gave a better grade; null until one has.
-- @column: better_grade | The better grade.
-- @column: days_to_better | Days from from_date to better_date; null until then.
-- @column: n_inspections | Full inspections in a row that found it inadequate.
-- @column: is_open | Whether the spell has not ended, as far as this warehouse shows.
-- @column: ended_with_authority | Whether the authority ended before it had a better grade.
-- @not_null: authority_id, area_code, from_date, n_inspections, is_open, ended_with_authority
-- @warning: Open spells have no days_to_better yet: an average over closed spells is too short.
-- @warning: Monitoring visits in between give no grade and do not count.
select
    s.authority_id,
    s.authority_name,
    a.region_name,
    s.area_code,
    s.from_date,
    f.next_start_date,
    n.grade as next_grade,
    f.next_start_date - f.start_date as days_to_next,
    b.from_date as better_date,
    b.grade as better_grade,
    b.from_date - s.from_date as days_to_better,
    s.n_inspections,
    b.from_date is null and s.to_date is null as is_open,
    b.from_date is null and s.to_date is not null and s.to_date is not distinct from a.valid_to_date as ended_with_authority
from marts.grade_spells s
join core.authorities a using (authority_id)
join marts.full_inspections f on f.authority_id = s.authority_id and f.start_date = s.from_date
left join marts.grade_spells b
    on
        b.authority_id = s.authority_id
        and b.area_code = s.area_code
        and b.from_date = s.to_date + 1
        and b.grade_rank < 4
left join marts.full_inspections nf on nf.authority_id = f.authority_id and nf.inspection_number = f.inspection_number + 1
left join marts.all_judgements n on n.inspection_id = nf.inspection_id and n.area_code = s.area_code
join core.areas c on c.area_code = s.area_code and c.is_series
where s.grade = 'inadequate'
order by s.authority_name, s.authority_id, s.area_code, s.from_date
