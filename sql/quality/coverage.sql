-- @description: One row per full inspection that is known to exist and of which no report is held: the authority, and the time for which its grades are missing or come from Ofsted's own statistics.
-- @grain: authority_id, framework_family, from_date
-- @column: authority_id | The authority, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: framework_family | Family of the inspection's framework, as in core.frameworks.
-- @column: from_date | First day on which its grades were, or may have been, in force.
-- @column: known_by_date | Day by which it had certainly begun.
-- @column: published_date | Date of publication of its report; null where basis is inspection round.
-- @column: to_date | Day before the authority's next full inspection that is known, or the authority's last; null where neither is known.
-- @column: basis | official statistics, which tell its grades; known inspection, of an authority that has ended; or inspection round, of which only is known that nobody was left out.
-- @column: inspection_id | The inspection, as in marts.all_inspections; null where its grades are missing.
-- @column: is_missing | Whether its grades are missing here; false where Ofsted's statistics give them.
-- @column: evidence | How it is known.
-- @not_null: authority_id, authority_name, framework_family, from_date, known_by_date, basis, is_missing, evidence
-- @references: authority_id | core.authorities.authority_id
-- @warning: What is not known to exist is not here: a second inspection of a round may be missing, too, where no edition of Ofsted's statistics is at hand.
with full_inspections as (
    select
        f.*,
        p.framework_family
    from marts.full_inspections f
    join core.frameworks p using (framework_code)
),

from_statistics as (
    select
        f.authority_id,
        f.framework_family,
        -- Where only its publication is known it may have begun half a year before: the longest seen is 158 days.
        if(f.start_date_basis = 'bound', f.published_date - 180, f.start_date) as from_date,
        if(f.start_date_basis = 'bound', f.published_date, f.start_date) as known_by_date,
        f.published_date,
        f.next_start_date - 1 as to_date,
        f.basis,
        f.inspection_id,
        false as is_missing,
        'edition ' || a.edition_id || ', sheet ' || a.sheet || ', cell ' || a.cell as evidence
    from full_inspections f
    join marts.all_inspections a using (inspection_id)
    where f.report_id is null
),

known as (
    select
        k.authority_id,
        e.framework_family,
        coalesce(e.start_date, e.published_date - 180) as from_date,
        coalesce(e.start_date, e.published_date) as known_by_date,
        e.published_date,
        'known inspection' as basis,
        e.evidence
    from staged.known_inspections e
    join core.authority_codes k using (la_code_gss)
),

rounds as (
    select
        a.authority_id,
        r.framework_family,
        r.from_date,
        r.to_date as known_by_date,
        null as published_date,
        'inspection round' as basis,
        r.evidence
    from core.inspection_rounds r
    join core.authorities a
        on coalesce(a.valid_from_date, r.to_date) <= r.to_date and coalesce(a.valid_to_date, r.to_date) >= r.to_date
    anti join known k
        on k.authority_id = a.authority_id and k.framework_family = r.framework_family and k.from_date <= r.to_date
),

-- What is known to exist, and is not there.
missing as (
    select *
    from (from known union all by name from rounds) expected
    where not exists (
        from full_inspections l
        where
            l.authority_id = expected.authority_id
            and l.framework_family = expected.framework_family
            and case
                when expected.basis = 'known inspection' then abs(l.start_date - expected.from_date) <= 250
                -- A reinspection follows a first one, which may be the one that is missing.
                else l.start_date between expected.from_date and expected.known_by_date and l.inspection_kind <> 'reinspection'
            end
    )
),

starts as (
    select authority_id, framework_family, start_date from full_inspections
    union
    select authority_id, framework_family, known_by_date from known
),

-- An inspection of an earlier programme may have begun after the first day of a round, and ends nothing of it.
missing_until as (
    select m.*, min(s.start_date) - 1 as to_date
    from missing m
    left join starts s
        on
            s.authority_id = m.authority_id
            and s.start_date > if(s.framework_family = m.framework_family, m.from_date, m.known_by_date)
            and s.start_date <> m.known_by_date
    group by all
)

select
    c.authority_id,
    a.authority_name,
    c.framework_family,
    c.from_date,
    c.known_by_date,
    c.published_date,
    coalesce(c.to_date, a.valid_to_date) as to_date,
    c.basis,
    c.inspection_id,
    c.is_missing,
    c.evidence
from (
    from from_statistics
    union all by name
    select *, null as inspection_id, true as is_missing from missing_until
) c
join core.authorities a using (authority_id)
order by a.authority_name, c.authority_id, c.from_date
