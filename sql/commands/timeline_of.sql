-- @description: One row per inspection, visit or change of an $authority (its authority_id), in order.
from marts.authority_timeline where authority_id = $authority order by event_date, event, activity_id
