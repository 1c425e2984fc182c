"""Names on covers and in listings lead to exactly one authority, or to none."""

import datetime as dt
import shutil
import time
from pathlib import Path

import pytest

from pipelines.tables.authorities import (
    AmbiguousReferenceError,
    AuthorityReference,
    UnusableReferenceError,
    load_authorities,
    normal_name,
)
from pipelines.tables.frames import OWN_REFERENCE


@pytest.fixture(scope="module")
def reference() -> AuthorityReference:
    return load_authorities(OWN_REFERENCE)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("London Borough of Hillingdon", "Hillingdon"),
        ("the London Borough of Ealing", "Ealing"),
        ("Kingston upon Hull", "Kingston Upon Hull, City of"),
        ("Hull City Council", "Kingston Upon Hull, City of"),
        ("Stoke-on-Trent City Council", "Stoke-on-Trent"),
        ("Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole"),
        ("BCP Council", "Bournemouth, Christchurch and Poole"),
        ("Bradford Children and Families Trust", "Bradford"),
        ("City of Bradford Metropolitan District Council", "Bradford"),
        ("Birmingham Children\u2019s Trust", "Birmingham"),
        ("Royal Borough of Windsor and Maidenhead", "Windsor and Maidenhead"),
        ("The Royal Borough of Kensington & Chelsea", "Kensington and Chelsea"),
        ("St Helens Council", "St. Helens"),
        ("St. Helens Metropolitan Borough Council", "St. Helens"),
        ("Durham County Council", "Durham"),
        ("County Durham", "Durham"),
        ("Telford & Wrekin", "Telford and Wrekin"),
        ("Borough of Telford and Wrekin", "Telford and Wrekin"),
        ("The Isle of Wight", "Isle of Wight"),
        ("Council of the Isles of Scilly", "Isles of Scilly"),
        ("City of London Corporation", "City of London"),
        ("Metropolitan Borough of Barnsley Council", "Barnsley"),
        ("Derby City", "Derby"),
        ("Bedford Borough", "Bedford Borough"),
        ("Bristol City Council", "Bristol, City of"),
        ("Newcastle City Council", "Newcastle upon Tyne"),
        ("City of York Council", "York"),
        ("Brighton & Hove City Council", "Brighton and Hove"),
    ],
)
def test_spelling_names_one_authority(reference: AuthorityReference, written: str, name: str) -> None:
    found = reference.named(written, dt.date(2024, 6, 1))
    assert found is not None
    assert found.authority_name == name


@pytest.mark.parametrize(
    "written", ["", "Council", "Barnett", "Northumbria", "Kingston", "London", "Acme Ltd", "Sussex"]
)
def test_no_name_is_guessed(reference: AuthorityReference, written: str) -> None:
    found = reference.named(written, dt.date(2024, 6, 1))
    assert found is None or (written, found.authority_name) == ("London", "City of London")


@pytest.mark.parametrize(
    ("written", "date", "authority_id"),
    [
        ("Dorset County Council", dt.date(2016, 4, 25), "E10000009"),
        ("Dorset Council", dt.date(2021, 9, 27), "E06000059"),
        ("Dorset", dt.date(2019, 3, 31), "E10000009"),
        ("Dorset", dt.date(2019, 4, 1), "E06000059"),
        ("Poole", dt.date(2016, 1, 1), "E06000029"),
        ("Bournemouth Borough Council", dt.date(2014, 4, 1), "E06000028"),
        ("Cumbria County Council", dt.date(2017, 10, 1), "E10000006"),
        ("Northamptonshire County Council", dt.date(2019, 6, 1), "E10000021"),
    ],
)
def test_date_of_inspection_tells_old_and_new_apart(
    reference: AuthorityReference, written: str, date: dt.date, authority_id: str
) -> None:
    found = reference.named(written, date)
    assert found is not None
    assert found.authority_id == authority_id


@pytest.mark.parametrize(
    ("date", "n_authorities"),
    [("2019-03-31", 152), ("2019-04-01", 151), ("2021-03-31", 151), ("2021-04-01", 152), ("2023-04-01", 153)],
)
def test_as_many_authorities_exist_as_there_were(reference: AuthorityReference, date: str, n_authorities: int) -> None:
    day = dt.date.fromisoformat(date)
    every = {one for bearers in reference.by_name.values() for one in bearers}
    assert sum(one.existed_in(day, day) for one in every) == n_authorities


def test_recode_keeps_the_authority_and_dates_its_codes(reference: AuthorityReference) -> None:
    codes = reference.authority_codes.filter(authority_id="E08000038").sort("valid_from_date", nulls_last=False)
    assert codes["la_code_gss", "valid_from_date", "valid_to_date"].rows() == [
        ("E08000016", None, dt.date(2025, 3, 31)),
        ("E08000038", dt.date(2025, 4, 1), None),
    ]


def test_split_ends_the_old_authority_the_day_before(reference: AuthorityReference) -> None:
    northamptonshire = reference.named("Northamptonshire", dt.date(2020, 1, 1))
    north = reference.by_urn["2637539"]
    assert northamptonshire is not None
    assert (northamptonshire.valid_to_date, north.valid_from_date) == (dt.date(2021, 3, 31), dt.date(2021, 4, 1))


def test_two_authorities_of_one_time_cannot_share_a_name(tmp_path: Path) -> None:
    header = (OWN_REFERENCE / "authorities.csv").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "authorities.csv").write_text(
        f"{header}\n1,Aby,,X1,1,County,London,London,,1\n2,Aby Council,,X2,2,County,London,London,,1\n",
        encoding="utf-8",
    )
    changes = (OWN_REFERENCE / "authority_changes.csv").read_text(encoding="utf-8").splitlines()[0]
    (tmp_path / "authority_changes.csv").write_text(f"{changes}\n", encoding="utf-8")
    with pytest.raises(AmbiguousReferenceError, match="X2 and X1 both answer to 'aby'"):
        load_authorities(tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "why"),
    [
        ("authorities.csv", ",", ";", "its columns are separated by semicolons, not by commas"),
        ("authorities.csv", "Barnet", "Barn\udce9t", "it is not written in UTF-8"),
        ("authorities.csv", "la_code_gss", "gss", "it has no column la_code_gss"),
        ("authorities.csv", "E09000003", "E09000002", "authorities.csv, line 3: E09000002 stands on an earlier line"),
        ("authority_changes.csv", "2013-04-01", "01/04/2013", "line 2: '01/04/2013' is not a date like 2024-07-31"),
        ("authority_changes.csv", "2013-04-01", "20130401", "line 2: '20130401' is not a date like 2024-07-31"),
        ("authority_changes.csv", "2013-04-01", "", "line 2: '' is not a date like 2024-07-31"),
        ("authority_changes.csv", ",", ";", "its columns are separated by semicolons, not by commas"),
    ],
)
def test_a_folders_own_authorities_that_can_not_be_used_are_told_with_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, why: str
) -> None:
    for one in ("authorities.csv", "authority_changes.csv"):
        shutil.copy(OWN_REFERENCE / one, tmp_path)
    text = (tmp_path / name).read_text("utf-8").replace(old, new)
    (tmp_path / name).write_text(text, "utf-8", "surrogateescape")
    with pytest.raises(UnusableReferenceError) as raised:
        load_authorities(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / name} can't be used as a list of authorities: ")
    assert why in str(raised.value)
    assert str(raised.value).endswith("Correct it or move it away.")


@pytest.mark.parametrize("written", ["(" * 240_000, "," * 240_000, " council" * 30_000, "Leeds" + " " * 1_000])
def test_what_is_too_long_to_be_a_name_costs_no_time(written: str) -> None:
    started = time.process_time()
    assert normal_name(written) == ""
    assert normal_name("(" * 300) == ""
    assert time.process_time() - started < 1
