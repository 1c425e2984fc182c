-- @description: One row: the share of repeated grades that the section heading confirms, and how many grades no heading repeats.
select
    coalesce(avg(is_confirmed_by_heading::integer), 1) as share_confirmed_of_those_with_a_heading,
    count(*) filter (is_confirmed_by_heading is null) as n_without_a_heading
from core.judgements
