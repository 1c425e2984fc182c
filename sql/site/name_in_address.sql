-- @description: The name of a page, of the name of what it is about: Kingston upon Hull, City of -> kingston-upon-hull-city-of.
create or replace temp macro name_in_address(name) as
    trim(regexp_replace(lower(strip_accents(name)), '[^a-z0-9]+', '-', 'g'), '-')
