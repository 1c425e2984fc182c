-- @description: One row per full inspection of an $authority (its authority_id) that is known to exist and of which no report is held, by the name of its family of frameworks.
select
    (
        select string_agg(distinct split_part(split_part(f.name, ',', 1), ':', 1), ' or ')
        from core.frameworks f
        where f.framework_family = c.framework_family
    ) as name,
    c.from_date,
    c.known_by_date,
    c.published_date
from quality.coverage c
where c.authority_id = $authority and c.is_missing
order by c.from_date
